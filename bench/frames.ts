/** How long frames of `sessctl top` take in which every row changed, at several sizes of terminal: see top.mjs. */
import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { watched } from "../src/app/watch/session.js";
import { createClientReader } from "../src/clients/reader.js";
import { reduce } from "../src/tui/reducer.js";
import { openScreen } from "../src/tui/screen.js";
import { startState } from "../src/tui/state.js";

const now = 1_800_000_000_000;
const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const reader = createClientReader();

const rows = Array.from({ length: 500 }, (_, n) =>
  watched(
    {
      id: (n * 7919 + 65_536).toString(16).padStart(8, "0").padEnd(32, "0"),
      layout: "native",
      corrupt: undefined,
      user: `user.${n}`,
      level: "aal1",
      createdAt: now - n * 60_000,
      authenticatedAt: now - n * 60_000,
      rotatedAt: now - n * 60_000,
      lastSeenAt: now - n * 100,
      idleEndsAt: now + 1_800_000,
      endsAt: now + 36_000_000,
      sightings: [{ at: now, ip: `203.0.113.${n % 250}`, userAgent }],
      data: {},
      bytes: 300,
    },
    reader,
  ),
);

/** Milliseconds of each frame, at each size. */
export async function frames() {
  const results = [];
  for (const [columns, lines] of [
    [80, 24],
    [120, 40],
    [250, 100],
  ] as const) {
    results.push({ columns, rows: lines, times: await timesAt({ columns, rows: lines }) });
  }
  return results;
}

async function timesAt(size: { readonly columns: number; readonly rows: number }): Promise<readonly number[]> {
  const stdout = Object.assign(new PassThrough(), { ...size, isTTY: true });
  stdout.resume();
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
  let state = reduce(
    startState({
      label: "redis://cache-1",
      layout: "native",
      access: { kind: "open" },
      expire: "lasting",
      events: true,
      still: false,
      size,
      now,
      intervalMs: 2000,
    }),
    {
      type: "looked",
      look: {
        at: now,
        sessions: 1_204_331,
        active1m: 8211,
        active5m: 31_020,
        flagged: 17,
        created1m: undefined,
        rows,
        limit: 500,
        gone: [],
        walk: undefined,
      },
    },
  ).state;
  const screen = openScreen({
    // Only what a screen uses of a terminal is there.
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    look: { colour: true, theme: "default", ascii: false, spoken: false },
    state,
    onKey: () => undefined,
    onPaste: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const times: number[] = [];
  for (let frame = 1; frame <= 40; frame++) {
    // Later than the shortest time between two frames, so that each draws at once.
    await wait(70);
    state = reduce(state, { type: "tick", at: now + frame * 61_000 }).state;
    const began = performance.now();
    screen.draw(state);
    // The first ones warm up.
    if (frame > 5) times.push(performance.now() - began);
  }
  screen.close();
  return times;
}
