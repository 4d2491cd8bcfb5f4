import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { settings, type Settings } from "../../../src/cli/settings/index.js";
import { addGlobalOptions, flagSource } from "../../../src/cli/settings/options.js";
import { envSource, resolveSettings } from "../../../src/cli/settings/resolve.js";
import type { Setting } from "../../../src/cli/settings/setting.js";

// Every setting in every place that it can be given in: which wins, and what is said of a value that is none.

const names = Object.keys(settings) as (keyof Settings)[];

/** Two values of a setting, as texts; the second is left out for what can only be turned on. */
function samplesOf(name: keyof Settings): readonly [one: string, other?: string] {
  const { choices, flags }: Setting<unknown> = settings[name];
  const [first, second] = choices ?? [];
  if (first !== undefined && second !== undefined) return [first, second];
  if (!flags.includes("<")) return ["true"];
  return name === "timeoutMs" ? ["3s", "4s"] : ["redis://one", "redis://other"];
}

/** The settings that a command line and an environment give. */
function resolved(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addGlobalOptions(program);
  program.parse(args, { from: "user" });
  return resolveSettings([flagSource(program), envSource(env)]);
}

function envOf(name: keyof Settings): readonly string[] {
  const { env }: Setting<unknown> = settings[name];
  return env === undefined ? [] : [env];
}

const longFlagOf = (setting: Setting<unknown>) => /--[a-z-]+/.exec(setting.flags)?.[0] ?? "";

describe.each(names)("%s", (name) => {
  const setting: Setting<unknown> = settings[name];
  const [one, other] = samplesOf(name);
  const flag = longFlagOf(setting);
  const parsed = (text: string) => setting.parse(text, flag);
  const args = other === undefined ? [flag] : [flag, one];

  test("by default", () => {
    expect(resolved([], {})[name]).toEqual(setting.fallback);
  });

  test("an option says it", () => {
    expect(resolved(args, {})[name]).toEqual(parsed(one));
  });

  test("an option says it before the environment does", () => {
    const env = setting.env === undefined ? {} : { [setting.env]: other ?? "false" };
    expect(resolved(args, env)[name]).toEqual(parsed(one));
  });
});

describe.each(names.flatMap((name) => envOf(name).map((variable) => [name, variable] as const)))("%s", (name, env) => {
  test(`${env} says it, unless it is empty`, () => {
    const [one, other = one] = samplesOf(name);
    expect(resolved([], { [env]: other })[name]).toEqual(settings[name].parse(other, env));
    expect(resolved([], { [env]: "" })[name]).toEqual(settings[name].fallback);
  });
});

test.each([
  ["SESSCTL_OUTPUT", "xml", 'SESSCTL_OUTPUT: there is no "xml"', "Choose from table, json,"],
  ["SESSCTL_TIMEOUT", "soon", 'SESSCTL_TIMEOUT: "soon" is not a duration', "90s, 30m"],
  ["SESSCTL_TIMEOUT", "2h", "SESSCTL_TIMEOUT: 2h is too long", "Give 1s to 1h."],
  ["SESSCTL_UTC", "maybe", 'SESSCTL_UTC: "maybe" is neither on nor off', "Write 1 or 0."],
])("%s=%s is a usage error that names the variable", (name, value, message, hint) => {
  expect(() => resolved([], { [name]: value })).toThrow(
    expect.objectContaining({
      code: "invalid-argument",
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    }),
  );
});

test.each([
  ["1", true],
  ["yes", true],
  ["ON", true],
  ["0", false],
  ["no", false],
  ["False", false],
])("a switch in the environment: %s is %s", (text, value) => {
  expect(resolved([], { SESSCTL_UTC: text }).utc).toBe(value);
});

test("any value of NO_COLOR is a yes", () => {
  expect(resolved([], { NO_COLOR: "0" }).noColor).toBe(true);
});
