import { expect, test } from "vitest";
import { painter, wantsColour } from "../../src/cli/paint.js";
import { safe } from "../../src/core/safe-text.js";

const terminal = true;
const pipe = false;

test.each<[what: string, isTerminal: boolean, env: NodeJS.ProcessEnv, noColour: boolean, colour: boolean]>([
  ["a terminal", terminal, {}, false, true],
  ["a pipe", pipe, {}, false, false],
  ["NO_COLOR", terminal, { NO_COLOR: "1" }, false, false],
  ["NO_COLOR=0, which is not empty", terminal, { NO_COLOR: "0" }, false, false],
  ["an empty NO_COLOR", terminal, { NO_COLOR: "" }, false, true],
  ["a dumb terminal", terminal, { TERM: "dumb" }, false, false],
  ["FORCE_COLOR in a pipe", pipe, { FORCE_COLOR: "1" }, false, true],
  ["FORCE_COLOR on a dumb terminal", terminal, { FORCE_COLOR: "1", TERM: "dumb" }, false, true],
  ["FORCE_COLOR=0 on a terminal", terminal, { FORCE_COLOR: "0" }, false, false],
  ["NO_COLOR against FORCE_COLOR", pipe, { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
  ["--no-color against all", terminal, { FORCE_COLOR: "1" }, true, false],
])("%s", (_, isTerminal, env, noColour, colour) => {
  expect(wantsColour(isTerminal, env, noColour)).toBe(colour);
});

test("without colours text stays as it is; with them nothing is left switched on, and nothing stays nothing", () => {
  expect(painter(false)("alarm", safe("x"))).toBe("x");
  expect(painter(true)("alarm", safe("x"))).toBe("\u001B[1;31mx\u001B[22;39m");
  expect(painter(true)("alarm", safe(""))).toBe("");
});
