import { expect, test } from "vitest";
import type { Context } from "../../src/cli/command.js";
import type { OnLooked } from "../../src/cli/opened-sessions.js";
import { showProgress } from "../../src/cli/progress.js";
import { settingsWithoutFiles } from "../../src/cli/settings/read.js";
import { noSource } from "../../src/cli/settings/resolve.js";
import { capturedOutput } from "../helpers/captured-output.js";

const settings = settingsWithoutFiles(noSource, {});

/** Progress of 2,000 sessions on an output, with a clock that is moved by hand. */
function started(options: { readonly width?: number; readonly quiet?: boolean; readonly total?: number | undefined }) {
  let now = 0;
  const stderr = capturedOutput(options);
  const io = { stdin: process.stdin, stdout: stderr, stderr, clock: () => now, env: {}, end: () => process.exit() };
  const quiet = options.quiet ?? false;
  const total = "total" in options ? options.total : 2000;
  let onLooked: OnLooked | undefined;
  const connection = { watchKeys: (hears: OnLooked | undefined) => (onLooked = hears) } as Context["connection"];
  const progress = showProgress({ io, settings: { ...settings, quiet }, connection }, "done", total);
  const at = (ms: number, count: number) => {
    now = ms;
    progress.add(count);
    return stderr.text;
  };
  const look = (ms: number, looked: number, keys: number) => {
    now = ms;
    onLooked?.(looked, keys);
    return stderr.text;
  };
  return { at, look, progress, stderr };
}

test("work of less than a second shows nothing", () => {
  const { at, progress, stderr } = started({ width: 80 });
  at(500, 100);
  at(999, 100);
  progress.end();
  expect(stderr.text).toBe("");
});

test("after a second: done, total, rate, time and what is left, in one line of a terminal, which is taken away at the end", () => {
  const { at, progress, stderr } = started({ width: 80 });
  expect(at(1000, 500)).toBe("\r\u001B[Kdone 500 of 2,000 sessions, about 3s left, 500 a second, 1s");
  expect(at(1100, 100)).not.toContain("600");
  expect(at(2000, 1000)).toMatch(/\r\u001B\[Kdone 1,600 of 2,000 sessions, about 1s left, 800 a second, 2s$/);
  progress.end();
  expect(stderr.text).toMatch(/\r\u001B\[K$/);
});

test("in a log a line now and then, and nothing else", () => {
  const { at, progress, stderr } = started({});
  at(1000, 500);
  at(5000, 500);
  at(12_000, 500);
  progress.end();
  expect(stderr.text).toBe(
    "done 500 of 2,000 sessions, about 3s left, 500 a second, 1s\ndone 1,500 of 2,000 sessions, about 4s left, 125 a second, 12s\n",
  );
});

test("nothing is said of what is left where that is not known, or the count was too low", () => {
  expect(started({ width: 80 }).at(1000, 2000)).toBe("\r\u001B[Kdone 2,000 of 2,000 sessions, 2,000 a second, 1s");
  expect(started({ width: 80, total: undefined }).at(1000, 500)).toBe("\r\u001B[Kdone 500 sessions, 500 a second, 1s");
});

test("a walk over keys goes by the keys", () => {
  const { look, at } = started({ width: 80, total: undefined });
  at(500, 10);
  expect(look(2000, 250, 1000)).toMatch(
    /\r\u001B\[Kdone 10 sessions among 250 of 1,000 keys, about 6s left, 125 keys a second, 2s$/,
  );
  expect(look(4000, 500, Infinity)).toMatch(/\r\u001B\[Kdone 10 sessions among 500 keys, 125 keys a second, 4s$/);
});

test("on a narrow terminal it is one line all the same", () => {
  expect(started({ width: 30 }).at(1000, 500)).toBe("\r\u001B[Kdone 500 of 2,000 sessions, a");
});

test("nothing with --quiet", () => {
  expect(started({ width: 80, quiet: true }).at(5000, 500)).toBe("");
});
