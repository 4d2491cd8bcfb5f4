import { expect, test } from "vitest";
import type { Recorded } from "../../src/app/recorded.js";
import { reportChanges } from "../../src/cli/change-report.js";
import { say } from "../../src/cli/say.js";
import { settingsWithoutFiles } from "../../src/cli/settings/read.js";
import { noSource } from "../../src/cli/settings/resolve.js";
import { SessctlError } from "../../src/core/errors.js";
import type { Change } from "../../src/core/ports.js";
import { capturedOutput } from "../helpers/captured-output.js";
import { directorySession } from "../helpers/directory-session.js";

const sessions = Array.from({ length: 15 }, (_, n) =>
  directorySession({ id: String(n).padStart(2, "0").padEnd(32, "a") }),
);
const ids = sessions.map(({ id }) => id);
const settings = settingsWithoutFiles(noSource, {});

async function reported(report: Partial<Recorded>) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()];
  const io = { stdin: process.stdin, stdout, stderr, clock: () => 0, env: {}, end: () => process.exit() };
  const exitCode = await reportChanges(
    { io, settings },
    { ids, sessions, missing: [] },
    { changes: [], left: [], error: undefined, unrecorded: undefined, ...report },
    { did: (what) => say`ended ${what}` },
  );
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

const all = (outcome: Change["outcome"], count = ids.length): Change[] =>
  ids.slice(0, count).map((id) => ({ id, outcome }));
const lost = new SessctlError("unreachable", "Redis cannot be reached");

test("all done", async () => {
  expect(await reported({ changes: all("revoked") })).toEqual({
    exitCode: 0,
    stdout: "ended 15 sessions of 1 user\n",
    stderr: "",
  });
});

test("all of them ended by themselves meanwhile: nothing matched", async () => {
  expect(await reported({ changes: all("gone") })).toEqual({
    exitCode: 3,
    stdout: "",
    stderr: "15 sessions had ended meanwhile\n",
  });
});

test("interrupted: how far it came, and that it may be run again", async () => {
  const result = await reported({ changes: all("revoked", 5), left: ids.slice(5) });
  expect(result).toMatchObject({ exitCode: 5, stdout: "ended 5 sessions of 1 user\n" });
  expect(result.stderr).toBe("interrupted: 5 done, 10 left; running it again is safe\n");
});

test("the connection is lost half way: the same, and why", async () => {
  const result = await reported({ changes: all("revoked", 5), left: ids.slice(5), error: lost });
  expect(result).toMatchObject({ exitCode: 5, stdout: "ended 5 sessions of 1 user\n" });
  expect(result.stderr).toContain("Redis cannot be reached: 5 done, 10 left");
});

test("the connection is lost before anything was done: an error like any other", async () => {
  await expect(reported({ left: ids, error: lost })).rejects.toBe(lost);
});

test("what failed alike is told once, with what to try; the exit code is the failure's", async () => {
  const error = new SessctlError("denied", "busy \u001B[2J", { hint: "Grant it." });
  const changes = ids.map((id): Change => ({ id, outcome: "failed", error }));
  expect(await reported({ changes })).toEqual({
    exitCode: 4,
    stdout: "",
    stderr:
      "15 sessions (00aaaaaa, 01aaaaaa, 02aaaaaa, 03aaaaaa, 04aaaaaa, …) failed: busy \\x1b[2J\n  try: Grant it.\n",
  });
});

test("many kinds of failures are told in part, and counted", async () => {
  const changes = ids.map((id): Change => ({
    id,
    outcome: "failed",
    error: new SessctlError("conflict", `busy ${id}`),
  }));
  const { exitCode, stdout, stderr } = await reported({ changes });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr.split("\n")).toHaveLength(12);
  expect(stderr).toContain(`00aaaaaa failed: busy ${ids[0]}\n`);
  expect(stderr).toContain("… and 5 more failed");
});

test("a trail without the end of it: that is said, and exit 5", async () => {
  const unrecorded = new SessctlError("unreachable", "Redis cannot be reached");
  expect(await reported({ changes: all("revoked"), unrecorded })).toEqual({
    exitCode: 5,
    stdout: "ended 15 sessions of 1 user\n",
    stderr: "the trail has no end of this: Redis cannot be reached\n",
  });
});

test("what a cutoff ended and nobody removed yet: it has ended, and who removes it is said", async () => {
  const result = await reported({ changes: all("revoked"), notRemoved: 10 });
  expect(result).toMatchObject({ exitCode: 0, stdout: "ended 15 sessions of 1 user\n" });
  expect(result.stderr).toMatch(/^10 sessions of them ended by the cutoff and are still stored: .*doctor --repair/);
});
