import { expect, test } from "vitest";
import { failureLines, failureOf } from "../../src/cli/errors.js";
import { painter } from "../../src/cli/paint.js";
import { SessctlError } from "../../src/core/errors.js";
import { safe } from "../../src/core/safe-text.js";

const shown = (error: unknown) =>
  failureLines(failureOf(error), safe("redis://cache-1 (namespace sc)"), painter(false));

test("what happened, where, and the next thing to try", () => {
  const error = new SessctlError("unreachable", "Redis cannot be reached", { hint: "Start it." });
  expect(shown(error)).toBe("sessctl: Redis cannot be reached\n  at redis://cache-1 (namespace sc)\n  try: Start it.");
});

test("where it was is left out when it has nothing to do with it", () => {
  expect(shown(new SessctlError("invalid-argument", "no such column", { hint: "Others." }))).toBe(
    "sessctl: no such column\n  try: Others.",
  );
});

test.each([
  ["invalid-argument", 2],
  ["invalid-url", 2],
  ["ambiguous-id", 2],
  ["not-found", 3],
  ["unreachable", 4],
  ["timeout", 4],
  ["denied", 4],
  ["unavailable", 4],
  ["unsupported", 1],
] as const)("%s exits with %d", (code, exitCode) => {
  expect(failureOf(new SessctlError(code, "x")).exitCode).toBe(exitCode);
});

test("what is not expected is shown as the bug it is", () => {
  const failure = failureOf(new TypeError("x is undefined"));
  expect(failure.exitCode).toBe(1);
  expect(failure.what).toBe("internal error: TypeError: x is undefined");
  expect(failure.hint).toContain("--debug");
  expect(failureOf("a string").what).toBe("internal error: a string");
});

test("hostile text in an error is harmless", () => {
  expect(shown(new SessctlError("not-found", "no \u001B[2J", { hint: "\u202E" }))).toContain("no \\x1b[2J");
});
