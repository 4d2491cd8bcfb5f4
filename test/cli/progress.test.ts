import { expect, test } from "vitest";
import { showProgress } from "../../src/cli/progress.js";
import { settingsWithoutFiles } from "../../src/cli/settings/read.js";
import { noSource } from "../../src/cli/settings/resolve.js";
import { capturedOutput } from "../helpers/captured-output.js";

const settings = settingsWithoutFiles(noSource, {});

/** Progress of 2,000 sessions on an output, with a clock that is moved by hand. */
function started(options: { readonly width?: number; readonly quiet?: boolean }) {
  let now = 0;
  const stderr = capturedOutput(options);
  const io = { stdin: process.stdin, stdout: stderr, stderr, clock: () => now, env: {}, end: () => process.exit() };
  const quiet = options.quiet ?? false;
  const progress = showProgress({ io, settings: { ...settings, quiet } }, "done", 2000);
  const at = (ms: number, count: number) => {
    now = ms;
    progress.add(count);
    return stderr.text;
  };
  return { at, progress, stderr };
}

test("work of less than a second shows nothing", () => {
  const { at, progress, stderr } = started({ width: 80 });
  at(500, 100);
  at(999, 100);
  progress.end();
  expect(stderr.text).toBe("");
});

test("after a second: done, total, rate and time, in one line of a terminal, which is taken away at the end", () => {
  const { at, progress, stderr } = started({ width: 80 });
  expect(at(1000, 500)).toBe("\r\u001B[Kdone 500 of 2,000 sessions, 500 a second, 1s");
  expect(at(1100, 100)).not.toContain("600");
  expect(at(2000, 1000)).toMatch(/\r\u001B\[Kdone 1,600 of 2,000 sessions, 800 a second, 2s$/);
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
    "done 500 of 2,000 sessions, 500 a second, 1s\ndone 1,500 of 2,000 sessions, 125 a second, 12s\n",
  );
});

test("nothing with --quiet", () => {
  expect(started({ width: 80, quiet: true }).at(5000, 500)).toBe("");
});
