import { PassThrough } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { toAscii } from "../../src/tui/glyphs.js";
import { openScreen, type Screen } from "../../src/tui/screen.js";
import type { ScreenLook } from "../../src/tui/screen-look.js";
import { widthOf } from "../../src/tui/spans.js";
import type { TopState } from "../../src/tui/state.js";
import { asOf } from "../../src/tui/state.js";
import { virtualScreen } from "../helpers/screen.js";
import { after, look, noon, press, row, showing, sizes, someRows } from "./driving.js";

let open: Screen | undefined;
afterEach(() => open?.close());

/** What a terminal of this look gets, and what is then on it. */
async function shown(state: TopState, given: Partial<ScreenLook>) {
  const { size } = state;
  const stdout = Object.assign(new PassThrough({ encoding: "utf8" }), { ...size, isTTY: true });
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
  open = openScreen({
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    look: { colour: true, theme: "default", ascii: false, spoken: false, ...given },
    state,
    onKey: () => undefined,
    onPaste: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const written = String(stdout.read());
  const screen = virtualScreen(size.columns, size.rows);
  await screen.write(written);
  return { written, text: screen.text() };
}

const styles = (written: string) =>
  [...written.matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, codes = ""]) => codes.split(";"));

describe("--ascii", () => {
  const hostile = row("eeee5555", { user: "日本語 bjørn", lastSeenAt: noon });

  test("draws the same screen in ASCII alone, every column where it was", async () => {
    for (const size of sizes) {
      const marked = press(showing([hostile, ...someRows], { size }), "space", "x");
      const plain = await shown(marked, {});
      open?.close();
      const { text } = await shown(marked, { ascii: true });
      open?.close();
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      expect(text.split("\n").map((line) => line.length)).toEqual(plain.text.split("\n").map(widthOf));
      expect(text).toContain("+- Revoke this session?");
    }
  });

  test("a sign keeps its width, other characters are question marks as wide as they are", () => {
    expect(toAscii("▸●▲ua 日é 🎉…")).toBe(">*^ua ??? ??~");
  });
});

describe("themes", () => {
  const state = () => press(showing(), "space");

  test("the usual one and the one of high contrast use the 16 colours only, and the latter nothing dim", async () => {
    const usual = styles((await shown(state(), {})).written);
    open?.close();
    const high = styles((await shown(state(), { theme: "high-contrast" })).written);
    for (const codes of [usual, high]) {
      expect(codes).not.toContain("38");
      expect(codes).not.toContain("48");
      expect(codes.length).toBeGreaterThan(20);
    }
    expect(usual).toContain("2");
    expect(high).not.toContain("2");
    expect(high).toContain("103");
  });

  test("without colours there is neither, but the selection is inverse", async () => {
    const codes = styles((await shown(state(), { colour: false, theme: "high-contrast" })).written);
    expect(codes.filter((code) => /^(3[0-8]|4[0-8]|9\d|10\d)$/.test(code))).toEqual([]);
    expect(codes).toContain("7");
  });
});

describe("for a screen reader", () => {
  test("the screen is sentences: counts, the selected session, the dialog and its focus, the keys", async () => {
    const { text } = await shown(showing(), { spoken: true });
    expect(text).toContain("2,104 sessions, 211 active in the last minute, 17 flagged.");
    expect(text).toContain("listitem: (selected) sessions, 1 of 4: alice, no address");
    expect(text).toContain("toolbar: ?: help");
    expect(text).not.toMatch(/[┌│▸▲]/);
    open?.close();
    const asking = await shown(press(showing(), "space", "space", "x"), { spoken: true });
    expect(asking.text).toContain("Revoke these 2 sessions?");
    expect(asking.text).toContain("The focus is on cancel; type 2 to confirm.");
  });

  test("no line is longer than the terminal is wide, in any view", async () => {
    const user = "somebody with a long name ".repeat(8);
    for (const keys of [[], ["enter"], ["a"], ["E"], ["g"], ["?"], ["space", "x"]]) {
      const state = press(
        showing([row("aaaa1111", { user }), ...someRows], { size: { columns: 60, rows: 40 } }),
        ...keys,
      );
      const { written } = await shown(state, { spoken: true });
      open?.close();
      for (const line of written.split(/\u001b\[\d+;1H/))
        expect(widthOf(line.replaceAll(/\u001b\[[\d;?]*\w/g, ""))).toBeLessThanOrEqual(60);
    }
  });
});

test("without motion, time alone changes nothing: the clock and the times are of the last look", () => {
  const still = showing(undefined, { still: true });
  for (const at of [noon + 1000, noon + 1900]) expect(after(still, { type: "tick", at })).toBe(still);
  const later = after(still, { type: "looked", look: look(someRows, { at: noon + 2000 }) });
  expect([later.now, asOf(later)]).toEqual([noon + 2000, noon + 2000]);
  expect(after(showing(), { type: "tick", at: noon + 1000 }).now).toBe(noon + 1000);
});
