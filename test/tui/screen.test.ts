import { PassThrough } from "node:stream";
import { createElement, type ReactElement } from "react";
import { Text } from "ink";
import { afterEach, expect, test } from "vitest";
import { openScreen, type Screen } from "../../src/tui/screen.js";
import type { TopState } from "../../src/tui/state.js";
import { virtualScreen } from "../helpers/screen.js";
import { after, fresh, listOf, press, showing } from "./driving.js";

/** A terminal of 80×24 that remembers whether keys are read raw. */
function terminal() {
  const stdout = Object.assign(new PassThrough({ encoding: "utf8" }), { columns: 80, rows: 24, isTTY: true });
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    raw: false,
    setRawMode(raw: boolean) {
      stdin.raw = raw;
    },
    ref: () => undefined,
    unref: () => undefined,
  });
  const screen = virtualScreen(80, 24);
  const shown = async () => {
    await screen.write(String(stdout.read() ?? ""));
    return screen;
  };
  return {
    shown,
    isRaw: () => stdin.raw,
    streams: {
      stdin: stdin as unknown as NodeJS.ReadStream,
      stdout: stdout as unknown as NodeJS.WriteStream,
      look: { colour: true, theme: "default" as const, ascii: false, spoken: false },
    },
  };
}

let open: Screen | undefined;
afterEach(() => open?.close());

const size = { columns: 80, rows: 24 };
const ignore = () => undefined;

test("an exception in a view gives the terminal back, then tells", async () => {
  const { shown, streams, isRaw } = terminal();
  const Broken = ({ state }: { readonly state: TopState }): ReactElement => {
    if (state.overlay !== undefined) throw new Error("a bug in a view");
    return createElement(Text, null, "all is well");
  };
  const told = new Promise<unknown>((resolve) => {
    open = openScreen({
      ...streams,
      state: fresh({ size }),
      onKey: ignore,
      onPaste: ignore,
      onError: resolve,
      view: Broken,
    });
  });
  expect((await shown()).text()).toContain("all is well");
  expect((await shown()).inAlternateBuffer).toBe(true);
  expect(isRaw()).toBe(true);
  open?.draw(press(showing(undefined, { size }), "?"));
  open?.repaint();
  expect(await told).toMatchObject({ message: "a bug in a view" });
  const screen = await shown();
  expect([screen.inAlternateBuffer, screen.cursorShown, isRaw()]).toEqual([false, true, false]);
  expect(screen.text().trim()).toBe("");
});

test("states that follow each other quickly become few frames, the last of them shown", async () => {
  const { shown, streams } = terminal();
  let drawn = 0;
  const Counting = ({ state }: { readonly state: TopState }): ReactElement => {
    drawn++;
    return createElement(Text, null, `cursor ${listOf(state).cursor}`);
  };
  let state = showing(undefined, { size });
  open = openScreen({ ...streams, state, onKey: ignore, onPaste: ignore, onError: ignore, view: Counting });
  const before = drawn;
  for (let n = 0; n < 200; n++) {
    state = press(state, n % 2 === 0 ? "down" : "up");
    open.draw(state);
  }
  open.draw(press(state, "end"));
  expect(drawn - before).toBeLessThan(5);
  await expect.poll(async () => (await shown()).text()).toContain("cursor 3");
});

test("what waits for a frame goes on when it is on the terminal, also after a pause", async () => {
  const { shown, streams } = terminal();
  const state = showing(undefined, { size });
  const view = ({ state: { now } }: { readonly state: TopState }) => createElement(Text, null, `now ${now}`);
  open = openScreen({ ...streams, state, onKey: ignore, onPaste: ignore, onError: ignore, view });
  for (const pause of [false, true]) {
    const next = { ...state, now: pause ? 2 : 1 };
    open.draw(next);
    const drawn = open.drawn();
    if (pause) open.suspend();
    if (pause) open.resume();
    await drawn;
    expect((await shown()).text()).toContain(`now ${next.now}`);
  }
});

test("suspended, the terminal is the shell's; resumed, the screen is drawn anew", async () => {
  const { shown, streams, isRaw } = terminal();
  const state = showing(undefined, { size });
  open = openScreen({ ...streams, state, onKey: ignore, onPaste: ignore, onError: ignore });
  open.suspend();
  let screen = await shown();
  expect([screen.inAlternateBuffer, screen.cursorShown, isRaw()]).toEqual([false, true, false]);
  open.draw(after(state, { type: "tick", at: state.now + 5000 }));
  open.resume();
  screen = await shown();
  expect([screen.inAlternateBuffer, isRaw()]).toEqual([true, true]);
  expect(screen.text()).toContain("14:00:05Z");
});

test("closed for good, it is not opened again", async () => {
  const { shown, streams } = terminal();
  open = openScreen({ ...streams, state: fresh({ size }), onKey: ignore, onPaste: ignore, onError: ignore });
  open.close();
  open.resume();
  open.draw(showing(undefined, { size }));
  open.repaint();
  expect((await shown()).inAlternateBuffer).toBe(false);
});
