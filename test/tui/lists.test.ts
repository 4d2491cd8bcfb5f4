import { describe, expect, test } from "vitest";
import { watchedEvent } from "../../src/app/watch/event.js";
import type { WatchedFinding } from "../../src/app/watch/findings.js";
import { unread } from "../../src/app/watch/session.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { SessionEvent } from "../../src/core/event.js";
import { safe } from "../../src/core/safe-text.js";
import type { TopEvent } from "../../src/tui/events.js";
import { reduce } from "../../src/tui/reducer.js";
import { pageOf, type TopState } from "../../src/tui/state.js";
import {
  after,
  effectsOf,
  frame,
  idOf,
  listOf,
  look,
  noon,
  press,
  row,
  showing,
  shownIds,
  someRows,
  typing,
} from "./driving.js";

const keysOf = (text: string) => typing(text).map((key) => (key === " " ? "space" : key));

function happened(type: SessionEvent["type"], prefix: string, given: Partial<SessionEvent> = {}): TopEvent {
  const event = {
    type,
    at: noon,
    id: idOf(prefix),
    user: "alice",
    ip: undefined,
    userAgent: undefined,
    previousId: undefined,
    reason: undefined,
    actor: undefined,
    ...given,
  };
  return { type: "events-read", at: noon, events: [watchedEvent(event, createClientReader())], passedOver: false };
}

const finding = (...prefixes: readonly string[]): WatchedFinding => ({
  id: "f1",
  rule: safe("hijack"),
  severity: "high",
  title: safe("network and client both changed"),
  summary: safe("Somebody else may hold its token."),
  sessions: prefixes.map(idOf),
  user: safe("alice"),
  ip: safe("203.0.113.7"),
  lastSeenAt: noon,
  text: "hijack",
});

function audited(state: TopState, ...findings: readonly WatchedFinding[]): TopState {
  return after(press(state, "a"), {
    type: "audited",
    audit: { at: noon, sessions: 2104, findings, more: 0, notRun: [] },
  });
}

describe("what has gone elsewhere", () => {
  test("stays a moment with a mark that says why, then leaves", () => {
    const revoked = happened("revoked", "bbbb2222", { reason: "stolen", actor: "ops@desk" });
    const told = after(showing(), revoked, {
      type: "looked",
      look: look(someRows.filter(({ user }) => user !== "bob")),
    });
    expect(shownIds(told)).toEqual(["aaaa", "bbbb", "cccc", "dddd"]);
    expect(frame(told)).toMatch(/✖bbbb2222 .* ✖ revoked: stolen by ops@desk/);
    expect(effectsOf(told, "down", "x", "tab", "enter").map(({ type }) => type)).not.toContain("revoke");
    expect(shownIds(after(told, { type: "tick", at: noon + 4000 }))).toEqual(["aaaa", "cccc", "dddd"]);
  });

  test("is told by the look too, where there are no events", () => {
    const rest = someRows.slice(1);
    const state = after(showing(undefined, { events: false }), {
      type: "looked",
      look: look(rest, { gone: [idOf("aaaa1111")] }),
    });
    expect(frame(state)).toMatch(/✖aaaa1111 .* ✖ ended/);
  });

  test("a session that is followed is followed on under its new id", () => {
    const following = press(showing(), "down", "F");
    const heir = row("eeee5555", { user: "bob", lastSeenAt: noon });
    const state = after(
      following,
      { type: "looked", look: look([heir, ...someRows]) },
      happened("rotated", "eeee5555", { previousId: idOf("bbbb2222"), user: "bob" }),
    );
    expect(listOf(state).following).toBe(idOf("eeee5555"));
    expect(frame(state)).toMatch(/✖bbbb2222 .* ✖ new id eeee5555/);
  });
});

describe("findings", () => {
  test("a begins an audit once, the screen says how far it is, and what it found with its explanation", () => {
    expect(effectsOf(showing(), "a")).toContainEqual({ type: "audit" });
    const auditing = after(press(showing(), "a"), { type: "audit-progress", read: 1200 });
    expect(effectsOf(auditing, "a").map(({ type }) => type)).not.toContain("audit");
    expect(frame(auditing)).toContain("auditing: 1,200 sessions read");
    const text = frame(audited(showing(), finding("aaaa1111")));
    expect(text).toMatch(/HIGH +hijack +alice +1 +0s/);
    expect(text).toContain("Somebody else may hold its token.");
  });

  test("Enter shows its sessions, marked; x there is about exactly those", () => {
    const open = press(audited(showing(), finding("aaaa1111", "bbbb2222")), "enter");
    const query = { ids: [idOf("aaaa1111"), idOf("bbbb2222")] };
    expect(effectsOf(audited(showing(), finding("aaaa1111", "bbbb2222")), "enter")).toContainEqual({
      type: "read-own",
      query,
    });
    const page = pageOf(open);
    if (page.kind !== "sessions" || page.scope.kind !== "ids") throw new Error("no sessions");
    const read = after(open, { type: "own-read", query: { ids: page.scope.ids }, rows: someRows.slice(0, 2) });
    expect([...listOf(read).marks.keys()]).toEqual(query.ids);
    const [effect] = effectsOf(press(read, "x"), "2", "tab", "tab", "enter");
    expect(effect).toMatchObject({ type: "revoke", targets: [{ id: query.ids[0] }, { id: query.ids[1] }] });
    expect(pageOf(press(read, "escape")).kind).toBe("findings");
  });

  test("whose sessions have ended since is said", () => {
    const state = audited(showing(), finding("aaaa1111"), finding("bbbb2222", "cccc3333"));
    const ended = after(state, happened("revoked", "aaaa1111"), happened("destroyed", "cccc3333"));
    expect(frame(ended)).toMatch(/✔HIGH .*✔ ended/);
    expect(frame(ended)).toMatch(/HIGH .*✔ 1 ended/);
  });

  test("an audit that failed says why, and r tries again", () => {
    const problem = { code: "timeout", message: safe("Redis did not answer") };
    const failed = after(press(showing(), "a"), { type: "audit-failed", problem });
    expect(frame(failed)).toContain("the audit failed: Redis did not answer");
    expect(effectsOf(failed, "r")).toContainEqual({ type: "audit" });
  });
});

describe("groups", () => {
  test("g chooses, and Enter on a user asks the index for all of their sessions", () => {
    const grouped = press(showing(), "g", "enter");
    expect(frame(grouped)).toMatch(/▸ alice +2 +0 +1s/);
    expect(effectsOf(grouped, "enter")).toContainEqual({ type: "read-own", query: { users: ["alice"] } });
    expect(frame(press(grouped, "enter"))).toContain("all of user alice");
  });

  test("without data on addresses there are no countries, in words", () => {
    const lack = safe("there is no country data");
    const state = after(showing(), { type: "located", lack });
    const refused = press(state, "g", "down", "down", "down", "enter");
    expect(refused.notice?.text).toBe("Not by country: there is no country data");
    expect(pageOf(refused).kind).toBe("sessions");
  });

  test("x in a group changes nothing and says what to do", () => {
    const refused = press(showing(), "g", "enter", "x");
    expect([refused.overlay, refused.notice?.text]).toEqual([undefined, expect.stringContaining("A marks all")]);
  });
});

describe("events", () => {
  test("come latest first; the cursor stays on its event, unless it is on the latest", () => {
    const first = after(press(showing(), "E"), happened("created", "aaaa1111"), happened("switched", "bbbb2222"));
    expect(frame(first)).toMatch(/▸ 14:00:00 ▲ switched +bbbb2222/);
    const below = after(press(first, "down"), happened("replayed", "cccc3333"));
    expect(frame(below)).toMatch(/▸ 14:00:00 \+ created +aaaa1111/);
    expect(effectsOf(below, "enter")).toContainEqual({ type: "read-own", query: { ids: [idOf("aaaa1111")] } });
  });

  test("may be denied, which is said once and not asked again", () => {
    const problem = { code: "denied", message: safe("no permission") };
    const denied = after(press(showing(), "E"), { type: "events-failed", problem });
    expect(frame(denied)).toContain("Events cannot be read: no permission.");
    expect(effectsOf(denied, "r").map(({ type }) => type)).not.toContain("read-events");
  });
});

describe("filters in CEL", () => {
  const expression = 'user == "alice"';
  const typed = () => press(showing(), "/", ...keysOf(expression));
  const compiled = {
    matches: ({ user }: { user: string | undefined }) => user === "alice",
    users: ["alice"],
    tooLarge: () => 0,
  };

  test("are read beside the reducer; until then and with a mistake the rows stay, and nothing typed is lost", () => {
    expect(effectsOf(showing(), "/", ...keysOf(expression))).toEqual([{ type: "compile-filter", text: expression }]);
    expect(shownIds(typed())).toHaveLength(4);
    const mistake = { code: "invalid-argument", message: safe("no such name"), hint: safe("Names: user") };
    const wrong = after(typed(), { type: "filter-compiled", text: expression, result: { mistake } });
    expect([listOf(wrong).filter.text, shownIds(wrong).length]).toEqual([expression, 4]);
    expect(frame(wrong)).toContain("✖ no such name. Names: user");
    expect(press(wrong, "enter").overlay?.kind).toBe("filter");
  });

  test("a user that they name is asked of the index, however many other sessions there are", () => {
    const read: TopEvent = { type: "filter-compiled", text: expression, result: { compiled } };
    const step = reduce(typed(), read);
    expect(step.effects).toContainEqual({ type: "read-own", query: { users: ["alice"] } });
    const old = row("ffff6666", { user: "alice", lastSeenAt: noon - 9e6 });
    const state = after(step.state, { type: "own-read", query: { users: ["alice"] }, rows: [someRows[0] ?? old, old] });
    expect(shownIds(state)).toEqual(["aaaa", "ffff"]);
  });

  test("an answer about what is no longer typed is left alone", () => {
    const more = press(typed(), "x");
    const late = after(more, { type: "filter-compiled", text: expression, result: { compiled } });
    expect(late).toEqual(more);
  });
});

describe("rows that are not read yet", () => {
  const entry = (n: number) => unread({ id: idOf(`${1000 + n}abcd`), seenAt: noon - n }, "native");
  const many = () => showing(Array.from({ length: 100 }, (_, n) => entry(n)));

  test("show their id and time, are read as soon as they are on the screen, once at a time, and cannot be changed", () => {
    const state = many();
    expect(frame(state)).toMatch(/1000abcd … /);
    expect(press(state, "x").notice?.text).toBe("That session is still being read");
    expect(listOf(press(state, "space")).marks.size).toBe(0);
    // The look that showed them asked for those on the screen; what comes by scrolling waits for the answer.
    expect(effectsOf(state, "end")).toEqual([]);
    const ids = listOf(state)
      .shown.slice(0, 16)
      .map(({ id }) => id);
    const read = reduce(press(state, "end"), { type: "rows-read", ids, rows: [] });
    expect(read.effects).toMatchObject([{ type: "read-rows" }]);
  });

  test("a look reads the places around the screen whole, and all of them where an order or a filter needs it", () => {
    const asked = (state: TopState) => {
      const effect = effectsOf(state, "r").find(({ type }) => type === "look");
      return effect?.type === "look" ? effect.request.whole : "none";
    };
    expect(asked(many())).toEqual({ from: 0, to: 32 });
    expect(asked(press(many(), "pagedown", "pagedown", "pagedown"))).toEqual({ from: 17, to: 65 });
    expect(asked(press(showing(), "I"))).toBeUndefined();
    expect(asked(press(showing(), "/", "a", "enter"))).toBeUndefined();
    expect(asked(press(showing(), "g", "enter"))).toBeUndefined();
    expect(asked(press(showing(), "E"))).toEqual({ from: 0, to: 0 });
  });
});

describe("a protected profile", () => {
  const state = () => showing(undefined, { access: { kind: "protected", profile: safe("prod") } });

  test("holds changes back until W, and then wants its name typed", () => {
    const refused = press(state(), "x");
    expect([refused.overlay, refused.notice?.text]).toEqual([
      undefined,
      "The profile is protected: W lets changes through",
    ]);
    expect(frame(state())).toContain("PROTECTED");
    const open = press(state(), "W", "x");
    expect(effectsOf(open, "tab", "tab", "enter")).toEqual([]);
    expect(effectsOf(open, ...typing("prod"), "tab", "tab", "enter")).toMatchObject([{ type: "revoke" }]);
  });

  test("W again holds them back and takes marks off", () => {
    const marked = press(state(), "W", "space");
    expect(listOf(marked).marks.size).toBe(1);
    expect(listOf(press(marked, "W")).marks.size).toBe(0);
  });
});

test("y copies the id, and says so", () => {
  expect(effectsOf(showing(), "y")).toEqual([{ type: "copy", text: idOf("aaaa1111") }]);
  expect(effectsOf(press(showing(), "down", "enter"), "y")).toEqual([{ type: "copy", text: idOf("bbbb2222") }]);
});

test("Tab goes through the views and back, each as it was left", () => {
  const kinds = (state: TopState) => pageOf(state).kind;
  const state = press(showing(), "down");
  const round = ["tab", "tab", "tab", "tab"].map((_, n) =>
    kinds(press(state, ...Array.from({ length: n + 1 }, () => "tab"))),
  );
  expect(round).toEqual(["groups", "findings", "events", "sessions"]);
  expect(kinds(press(state, "shift-tab"))).toBe("events");
  expect(listOf(press(state, "tab", "shift-tab")).cursor).toBe(1);
});
