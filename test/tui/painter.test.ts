import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { createPainter } from "../../src/tui/painter.js";
import { virtualScreen } from "../helpers/screen.js";

/** A painter on a screen of 20×5; `written` takes what was written since it was last asked. */
function painting() {
  const stdout = Object.assign(new PassThrough({ encoding: "utf8" }), { columns: 20, rows: 5, isTTY: true });
  const screen = virtualScreen(20, 5);
  const written = async () => {
    const data = String(stdout.read() ?? "");
    await screen.write(data);
    return data;
  };
  return { painter: createPainter(stdout as unknown as NodeJS.WriteStream), screen, written };
}

describe("painter", () => {
  test("takes the alternate buffer and hides the cursor, and gives both back once", async () => {
    const { painter, screen, written } = painting();
    painter.enter();
    await written();
    expect([screen.inAlternateBuffer, screen.cursorShown]).toEqual([true, false]);
    painter.leave();
    await written();
    expect([screen.inAlternateBuffer, screen.cursorShown]).toEqual([false, true]);
    painter.leave();
    expect(await written()).toBe("");
  });

  test("writes only the lines that changed, and nothing when none did", async () => {
    const { painter, screen, written } = painting();
    painter.enter();
    painter.paint("one\ntwo\nthree");
    await written();
    painter.paint("one\n2\nthree");
    const change = await written();
    expect(change).toContain("2");
    expect(change).not.toContain("one");
    expect(screen.lines()).toEqual(["one", "2", "three", "", ""]);
    painter.paint("one\n2\nthree");
    expect(await written()).toBe("");
  });

  test("lines that are gone are blank, also the shorter end of one", async () => {
    const { painter, screen, written } = painting();
    painter.enter();
    painter.paint("a long line\ntwo\nthree");
    painter.paint("short");
    await written();
    expect(screen.lines()).toEqual(["short", "", "", "", ""]);
  });

  test("a line as wide as the screen keeps its last character, and a full screen does not scroll", async () => {
    const { painter, screen, written } = painting();
    painter.enter();
    await written();
    const full = Array.from({ length: 5 }, (_, n) => String(n).repeat(20)).join("\n");
    painter.paint(full);
    painter.paint(full.replace("2222", "xxxx"));
    const data = await written();
    expect(screen.text()).toBe(full.replace("2222", "xxxx"));
    // Some terminals would erase the character that the cursor still stands on; the emulator here does not.
    expect(data).not.toContain("\u001b[K");
    expect(screen.scrolledLines).toBe(0);
  });

  test("after forget, everything is drawn anew", async () => {
    const { painter, screen, written } = painting();
    painter.enter();
    painter.paint("one\ntwo");
    await written();
    await screen.write("\u001b[2;1Hsomebody else's text\u001b[4;1Hand more");
    painter.forget();
    painter.paint("one\ntwo");
    await written();
    expect(screen.lines()).toEqual(["one", "two", "", "", ""]);
  });

  test("what a terminal would obey does not pass, colours do", async () => {
    const { painter, screen, written } = painting();
    painter.enter();
    painter.paint("a\u001b]52;c;eA==\u0007b\u001b[31mc\u001b[0m\u001b[2J\u0007\u009b2Jd\re");
    const data = await written();
    expect(data).toContain("\u001b[31mc");
    expect(screen.mischief).toEqual([]);
    expect(screen.lines()[0]).toBe("a]52;c;eA==bc[2J2Jde");
  });

  test("a terminal that is behind gets the latest frame, not all of them", async () => {
    const { painter, screen, written } = painting();
    painter.enter();
    // More than the stream takes before it asks to wait.
    painter.paint("x".repeat(100_000));
    for (let n = 0; n < 50; n++) painter.paint(`frame ${n}`);
    await written();
    await new Promise(setImmediate);
    const rest = await written();
    expect(rest).not.toContain("frame 48");
    expect(screen.lines()[0]).toBe("frame 49");
  });

  test("nothing is painted after the terminal was given back", async () => {
    const { painter, written } = painting();
    painter.enter();
    painter.leave();
    await written();
    painter.paint("too late");
    expect(await written()).toBe("");
  });
});
