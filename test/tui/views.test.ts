import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { safe } from "../../src/core/safe-text.js";
import { drawnRows } from "../../src/tui/layout.js";
import { after, frame, fresh, idOf, look, noon, press, row, showing, sizes, someRows } from "./driving.js";

const problem = { code: "unreachable", message: safe("connection refused") };

/** The line that has this in it. */
function lineWith(text: string, part: string): string {
  return text.split("\n").find((line) => line.includes(part)) ?? `no line with ${part} in\n${text}`;
}

describe("at every size", () => {
  const hostile = "\u001b[2J\u001b]52;c;eA==\u0007\u202eevil\r\n";
  const rows = [
    ...someRows,
    row("eeee5555", {
      user: `日本語の長い長い名前の人${hostile}`,
      sightings: [{ at: noon, ip: hostile, userAgent: `🎉é${hostile}` }],
    }),
    ...Array.from({ length: 80 }, (_, n) => row(`f${100 + n}`, { lastSeenAt: noon - 10_000 - n })),
  ];
  const screens = {
    table: () => [],
    filter: () => ["/", "a"],
    sort: () => ["s"],
    help: () => ["?"],
    details: () => ["down", "down", "down", "down", "enter"],
    dialog: () => ["space", "space", "space", "space", "space", "e"],
    end: () => ["end", "space", "x"],
  };
  for (const size of sizes) {
    for (const [name, keys] of Object.entries(screens)) {
      test(`${name} at ${size.columns}×${size.rows} leaves the last line free and ends no line outside`, () => {
        const text = frame(press(showing(rows, { size }), ...keys()));
        const lines = text.split("\n");
        expect(lines.length).toBeLessThanOrEqual(drawnRows(size));
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(size.columns);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f-\u009f\u202e]|\u001b(?!\[[\d;]*m)/);
      });
    }
  }

  test("wide characters keep the columns straight", () => {
    const wide = frame(showing([row("aaaa1111", { user: "日本語" }), row("bbbb2222", { user: "bob" })]));
    const at = (part: string) => stringWidth(lineWith(wide, part).split("30m")[0] ?? "");
    expect(at("aaaa1111")).toBe(at("bbbb2222"));
  });
});

describe("header", () => {
  test("says which Redis, which layout, how often, when, and how many", () => {
    const text = frame(showing());
    expect(text).toContain("sessctl redis://cache-1 · layout native");
    expect(text).toMatch(/every 2s +14:00:00Z/);
    expect(text).toMatch(/sessions 2,104 +active 1m 211 · 5m 1,020/);
    expect(text).toMatch(/flagged █ ▲ 17 +active █/);
  });

  test("says of which sessions the table is, and in which order", () => {
    expect(frame(showing())).toContain("all 4 · by IDLE ▲");
    const full = after(fresh(), { type: "looked", look: look(someRows, { limit: 4 }) });
    expect(frame(press(full, "I"))).toContain("the 4 most recent of 2,104 · by IDLE ▼");
  });

  test("pause, read-only and following are words", () => {
    expect(frame(press(showing(), "Z"))).toContain("PAUSED 14:00:00Z");
    expect(frame(press(showing(), "F"))).toContain("FOLLOWING");
    expect(frame(showing(someRows, { access: { kind: "read-only" } }))).toContain("READ-ONLY");
  });

  test("on the smallest terminal they are there all at once", () => {
    const text = frame(
      press(showing(someRows, { access: { kind: "read-only" }, size: { columns: 60, rows: 15 } }), "Z", "F"),
    );
    for (const word of ["READ-ONLY", "PAUSED", "FOLLOWING", "sessctl"]) expect(text).toContain(word);
  });

  test("Redis gone: since when, why, and of when the data are; the rows stay", () => {
    const down = after(
      showing(),
      { type: "look-failed", at: noon + 2000, problem },
      { type: "tick", at: noon + 65_000 },
    );
    const text = frame(down);
    expect(text).toContain("✖ Redis is gone since 14:00:02Z (1m3s): connection refused · data of 14:00:00Z");
    expect(text).toContain("aaaa1111");
  });

  test("while Redis is gone, idle times stand still: nobody knows", () => {
    const before = lineWith(frame(showing()), "aaaa1111");
    const down = after(showing(), { type: "look-failed", at: noon, problem }, { type: "tick", at: noon + 600_000 });
    expect(lineWith(frame(down), "aaaa1111")).toBe(before);
  });

  test("an error that is not the connection's is not taken for one", () => {
    const denied = { code: "denied", message: safe("no permission") };
    const down = after(showing(), { type: "look-failed", at: noon, problem: denied });
    expect(frame(down)).toContain("Cannot read since 14:00:00Z");
  });

  test("a slow read is seen", () => {
    const slow = after(showing(), { type: "tick", at: noon + 2000 }, { type: "tick", at: noon + 5000 });
    expect(frame(slow)).toContain("waiting 3s");
  });
});

describe("table", () => {
  test("times count from now between two looks", () => {
    expect(lineWith(frame(showing()), "aaaa1111")).toMatch(/2h +1s +30m/);
    const later = after(showing(), { type: "tick", at: noon + 60_000 });
    expect(lineWith(frame(later), "aaaa1111")).toMatch(/2h +1m +29m/);
  });

  test("selection, marks and flags are signs, not colours alone", () => {
    const sightings = [
      { at: noon, ip: "203.0.113.7", userAgent: "curl/8.5" },
      {
        at: noon,
        ip: "198.51.100.7",
        userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
      },
    ];
    const text = frame(press(showing([row("aaaa1111", { sightings }), ...someRows.slice(1)]), "space"));
    expect(lineWith(text, "aaaa1111")).toMatch(/^ ●aaaa1111.*Firefox 145 Linux.*▲ua ▲net/);
    expect(lineWith(text, "bbbb2222")).toMatch(/^▸ bbbb2222/);
    expect(text).toContain("● 1 marked");
  });

  test("an anonymous session, one that never ends and a corrupt one are told apart", () => {
    const text = frame(
      showing([
        row("aaaa1111", { user: undefined }),
        row("bbbb2222", { idleEndsAt: Number.POSITIVE_INFINITY, endsAt: Number.POSITIVE_INFINITY }),
        row("cccc3333", { corrupt: "not JSON", user: undefined, createdAt: undefined }),
      ]),
    );
    expect(lineWith(text, "aaaa1111")).toContain("aaaa1111 - ");
    expect(lineWith(text, "bbbb2222")).toMatch(/never ∞/);
    expect(lineWith(text, "cccc3333")).toContain("✖ corrupt");
  });

  test("nothing there says why", () => {
    expect(frame(fresh())).toContain("Reading …");
    expect(frame(showing([]))).toContain("No sessions.");
    expect(frame(press(showing(), "/", "#"))).toContain("None of the 4 most recent sessions has these words.");
  });
});

describe("dialog", () => {
  test("says how many, whose and which, and what is missing", () => {
    const text = frame(press(showing(), "space", "space", "space", "x"));
    expect(text).toContain("Revoke these 3 sessions?");
    expect(text).toContain("of alice (2), bob");
    for (const id of ["aaaa1111", "bbbb2222", "cccc3333"]) expect(lineWith(text, `  ${id}`)).toContain("│");
    expect(text).toContain("▸[ Cancel ]◂");
    expect(text).toContain("type 3 to confirm");
  });

  test("more than fit are counted", () => {
    const many = showing(Array.from({ length: 30 }, (_, n) => row(`a${100 + n}`)));
    const text = frame(press(many, ...Array.from({ length: 30 }, () => "space"), "x"));
    expect(text).toMatch(/… and \d+ more/);
    expect(text).toContain("[ Revoke 30 ]");
  });

  test("the result says what became of each, failures first", () => {
    const running = press(showing(), "space", "space", "x", "2", "tab", "tab", "enter");
    expect(frame(running)).toContain("Revoking 2 sessions of alice, bob …");
    const done = after(running, {
      type: "changed",
      at: noon,
      changes: [{ id: idOf("aaaa1111"), outcome: "revoked" }],
      problem,
    });
    const text = frame(done);
    expect(text.indexOf("✖ bbbb2222")).toBeLessThan(text.indexOf("✔ aaaa1111"));
    expect(lineWith(text, "✖ bbbb2222")).toContain("not known: connection refused");
  });
});

describe("details", () => {
  const session = row("aaaa1111", {
    level: "aal2",
    sightings: [
      { at: noon - 60_000, ip: "203.0.113.7", userAgent: "curl/8.5" },
      { at: noon - 30_000, ip: "198.51.100.7", userAgent: "Wget/1.25" },
    ],
    data: { cart: ["secret thing"], theme: "dark" },
  });

  test("shows times, what is left of both lifetimes, every client, and of the data only the names", () => {
    const text = frame(press(showing([session], { size: { columns: 100, rows: 40 } }), "enter"));
    expect(text).toContain(idOf("aaaa1111"));
    expect(lineWith(text, "created")).toContain("2026-03-01T13:59:00Z  1m ago");
    expect(lineWith(text, "idle window")).toContain("30m left of 30m");
    expect(lineWith(text, "deadline")).toContain("10h left");
    expect(text.indexOf("Wget/1.25")).toBeLessThan(text.indexOf("curl/8.5"));
    expect(text).toContain("cart, theme");
    expect(text).not.toContain("secret thing");
  });

  test("a session that has ended says so", () => {
    const gone = after(press(showing([session]), "enter"), { type: "rows-read", ids: [session.id], rows: [] });
    expect(frame(gone)).toContain("✖ This session has ended.");
  });

  test("what doesn't fit is scrolled to, and no further", () => {
    const open = press(showing([session], { size: { columns: 60, rows: 15 } }), "enter");
    expect(frame(open)).not.toContain("cart, theme");
    const end = press(open, "end", "down", "down");
    expect(frame(end)).toContain("cart, theme");
    expect(frame(press(end, "up"))).not.toBe(frame(end));
  });
});

test("too small says so, and how large it must be", () => {
  const text = frame(after(showing(), { type: "resized", size: { columns: 59, rows: 15 } }));
  expect(text).toContain("59×15, needs 60×15");
});
