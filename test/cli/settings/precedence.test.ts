import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFiles } from "../../../src/cli/config/read.js";
import { settings, type SettingName, type Settings } from "../../../src/cli/settings/index.js";
import { addGlobalOptions, flagSource } from "../../../src/cli/settings/options.js";
import { envSource, resolveSettings } from "../../../src/cli/settings/resolve.js";
import type { Setting } from "../../../src/cli/settings/setting.js";

// Every setting in every place that it can be given in: which wins, and what is said of a value that is none.

/** The places, the first before all others. */
const places = ["flag", "environment", "project", "profile", "user"] as const;
type Place = (typeof places)[number];

const names = Object.keys(settings) as SettingName[];
const entry = (name: SettingName): Setting<unknown> => settings[name];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is given in each place. The profile is named `base` where the user's file names it, and has a URL in any case. */
interface Givens {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly project?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
}

function resolved({ args = [], env = {}, project, user = {} }: Givens): Settings {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addGlobalOptions(program);
  program.parse(args, { from: "user" });
  const userFile = path.join(folder, "config.json");
  writeFileSync(userFile, JSON.stringify(user), { mode: 0o600 });
  const projectFile = project && path.join(folder, ".sessctl.json");
  if (projectFile !== undefined) writeFileSync(projectFile, JSON.stringify(project));
  return resolveSettings({
    flags: flagSource(program),
    env: envSource(env),
    ...readFiles(userFile, projectFile, {}),
  });
}

function canBeIn({ flags, env, file }: Setting<unknown>, place: Place): boolean {
  if (place === "flag") return flags !== undefined;
  if (place === "environment") return env !== undefined;
  return file?.in.includes(place) === true;
}

/** A value of a setting for each place, all different where it has so many values, as files write them. */
function sampleOf(name: SettingName, place: Place): unknown {
  const { choices, flags, form } = entry(name);
  const n = places.indexOf(place);
  if (choices !== undefined) return choices[n % choices.length];
  if (flags?.includes("<duration>") === true) return `${n + 3}s`;
  if (form === "switch") return place !== "environment";
  if (form === "number") return n + 1;
  return form === "list" ? ["pass", String(n)] : `value-${n}`;
}

const asText = (sample: unknown) => (typeof sample === "string" ? sample : JSON.stringify(sample));

/** What is given when a setting is given in each of these places. */
function givens(name: SettingName, given: readonly Place[]): Givens {
  const { flags, env, file } = entry(name);
  const written = (place: Place) =>
    given.includes(place) && file !== undefined ? nested(file.key, sampleOf(name, place)) : {};
  const flag = /--[a-z-]+/.exec(flags ?? "")?.[0] ?? "";
  // What names the Redis is tested below; everything else stands beside a profile that the user's file names.
  return {
    args: given.includes("flag")
      ? [flag, ...(flags?.includes("<") === true ? [asText(sampleOf(name, "flag"))] : [])]
      : [],
    env: given.includes("environment") && env !== undefined ? { [env]: asText(sampleOf(name, "environment")) } : {},
    project: written("project"),
    user: { profile: "base", profiles: { base: { url: "redis://base", ...written("profile") } }, ...written("user") },
  };
}

function nested(key: string, value: unknown): Record<string, unknown> {
  const [first = "", ...others] = key.split(".");
  return { [first]: others.length === 0 ? value : nested(others.join("."), value) };
}

const ordinary = names.filter((name) => name !== "url" && name !== "profile");

describe.each(ordinary)("%s", (name) => {
  const possible = places.filter((place) => canBeIn(entry(name), place));

  test("is its default when it is given nowhere", () => {
    expect(resolved(givens(name, []))[name]).toEqual(entry(name).fallback);
  });

  test.each(possible.map((place, n) => [place, possible.slice(n)] as const))(
    "from %s goes before %s",
    (place, given) => {
      const sample = asText(sampleOf(name, place));
      const at = place === "flag" || place === "environment" ? process.cwd() : folder;
      expect(resolved(givens(name, given))[name]).toEqual(entry(name).parse(sample, "", at));
    },
  );
});

test("an empty variable is as good as none", () => {
  const variables = names.flatMap((name) => entry(name).env ?? []);
  expect(variables).toContain("SESSCTL_URL");
  expect(resolved({ env: Object.fromEntries(variables.map((variable) => [variable, ""])) })).toEqual(resolved({}));
});

describe("which Redis", () => {
  const profiles = { one: { url: "redis://one", namespace: "n1" }, two: { url: "redis://two" } };
  const user = { profile: "one", profiles };
  const flags = { url: ["--url", "redis://flag"], profile: ["--profile", "two"] };

  test.each<[string, Givens, Partial<Settings>]>([
    ["nothing: the default", {}, { url: "redis://127.0.0.1:6379", profile: undefined }],
    ["the user's profile", { user }, { url: "redis://one", profile: "one", namespace: "n1" }],
    ["the project's profile", { user, project: { profile: "two" } }, { url: "redis://two", namespace: "sc" }],
    [
      "the environment's URL",
      { user, project: { profile: "two" }, env: { SESSCTL_URL: "redis://env" } },
      { url: "redis://env", profile: undefined, namespace: "sc" },
    ],
    ["the environment's profile", { user, env: { SESSCTL_PROFILE: "two" } }, { url: "redis://two", profile: "two" }],
    [
      "the option's URL",
      { user, args: flags.url, env: { SESSCTL_PROFILE: "two" } },
      { url: "redis://flag", profile: undefined },
    ],
    [
      "the option's profile",
      { user, args: flags.profile, env: { SESSCTL_URL: "redis://env" } },
      { url: "redis://two", profile: "two" },
    ],
  ])("%s", (_, given, expected) => {
    expect(resolved(given)).toMatchObject(expected);
  });

  test("a URL never meets what a profile has for its own", () => {
    const profile = {
      url: "rediss://one",
      username: "ops",
      password: "s3cret",
      db: 3,
      protected: true,
      tls: { key: "k" },
    };
    const given = { user: { profile: "one", profiles: { one: profile } } };
    expect(resolved(given)).toMatchObject({ username: "ops", password: "s3cret", db: 3, protected: true });
    for (const other of [{ args: flags.url }, { env: { SESSCTL_URL: "redis://env" } }]) {
      const { username, password, db, tlsKey, protected: isProtected } = resolved({ ...given, ...other });
      expect([username, password, db, tlsKey, isProtected]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        false,
      ]);
    }
  });

  test.each<[string, Givens, string]>([
    ["on the command line", { user, args: [...flags.url, ...flags.profile] }, "--url and --profile exclude each other"],
    [
      "in the environment",
      { user, env: { SESSCTL_URL: "redis://x", SESSCTL_PROFILE: "one" } },
      "SESSCTL_URL and SESSCTL_PROFILE exclude each other",
    ],
    [
      "a profile that is not there",
      { user, args: ["--profile", "twoo"] },
      '--profile: there is no profile "twoo"; did you mean two?',
    ],
    [
      "a profile of the file that is not there",
      { user: { profile: "x", profiles } },
      'config.json:1:12: profile: there is no profile "x"',
    ],
  ])("two answers or none, %s: a usage error", (_, given, message) => {
    expect(() => resolved(given)).toThrow(
      expect.objectContaining({ code: "invalid-argument", message: expect.stringContaining(message) }),
    );
  });
});

test.each([
  ["SESSCTL_OUTPUT", "xml", 'SESSCTL_OUTPUT: there is no "xml"', "Choose from table, "],
  ["SESSCTL_TIMEOUT", "soon", 'SESSCTL_TIMEOUT: "soon" is not a duration', "90s, 30m"],
  ["SESSCTL_TIMEOUT", "2h", "SESSCTL_TIMEOUT: 2h is too long", "Give 1s to 1h."],
  ["SESSCTL_UTC", "maybe", 'SESSCTL_UTC: "maybe" is neither on nor off', "Write 1 or 0."],
])("%s=%s is a usage error that names the variable", (name, value, message, hint) => {
  expect(() => resolved({ env: { [name]: value } })).toThrow(
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
  expect(resolved({ env: { SESSCTL_UTC: text } }).utc).toBe(value);
});

test("any value of NO_COLOR is a yes", () => {
  expect(resolved({ env: { NO_COLOR: "0" } }).noColor).toBe(true);
});

test("files in a profile are looked for beside the user's file, those of the environment where we are", () => {
  mkdirSync(path.join(folder, "tls"));
  const base = { url: "rediss://x", tls: { ca: "tls/ca.pem" } };
  const user = { profile: "base", profiles: { base } };
  expect(resolved({ user }).tlsCa).toBe(path.join(folder, "tls/ca.pem"));
  expect(resolved({ user, env: { SESSCTL_TLS_CA: "ca.pem" } }).tlsCa).toBe(path.resolve("ca.pem"));
});
