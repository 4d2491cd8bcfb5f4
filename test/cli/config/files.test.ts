import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sessctl } from "../../helpers/cli.js";

// What is wrong with a file of settings is said with its place, before anything is connected to.

let folder: string;
let userFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-files-"));
  userFile = path.join(folder, "sessctl", "config.json");
  mkdirSync(path.dirname(userFile));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function list(...args: string[]) {
  return await sessctl(["list", ...args], { env: { XDG_CONFIG_HOME: folder }, cwd: folder });
}

/** A Redis that is not there: that it cannot be reached says that the settings were good. */
const prod = { url: "redis://127.0.0.1:1" };

test.each<[string, string, RegExp, RegExp]>([
  ["what is no JSON", '{\n  "utc" true\n}', /config\.json:2:9: not JSON: colon expected/, /Mend it/],
  ["nothing", "", /config\.json:1:1: not JSON/, /\{\}/],
  ["a list", "[]", /config\.json:1:1: not an object/, /\{\}/],
  [
    "an unknown key",
    '{\n  "namespaec": "x"\n}',
    /2:3: there is no "namespaec"; did you mean namespace\?/,
    /Keys: .*timeout.*profiles/,
  ],
  ["a key of profiles alone", '{"url": "redis://x"}', /1:2: there is no "url"/, /Keys: /],
  [
    "an unknown key of a profile",
    '{"profiles": {"a": {"url": "redis://x", "readonly": true}}}',
    /1:41: there is no "readonly"; did you mean readOnly\?/,
    /Keys: .*protected/,
  ],
  [
    "an unknown key of TLS",
    '{"profiles": {"a": {"url": "rediss://x", "tls": {"cat": "x"}}}}',
    /there is no "tls\.cat"; did you mean tls\.ca\?/,
    /tls\.servername/,
  ],
  [
    "insecure TLS",
    '{"profiles": {"a": {"url": "rediss://x", "tls": {"insecure": true}}}}',
    /there is no "tls\.insecure"/,
    /Keys: /,
  ],
  ["a value of another form", '{"utc": "yes"}', /1:9: utc is not true or false/, /utc: times for people/],
  [
    "a command that is a text",
    '{"profiles": {"a": {"url": "redis://x", "passwordCommand": "pass"}}}',
    /passwordCommand is not a list of strings/,
    /a program and its arguments/,
  ],
  ["a value that cannot be read", '{"timeout": "soon"}', /1:13: timeout: "soon" is not a duration/, /90s, 30m/],
  ["a key that is there twice", '{"utc": true,\n "utc": false}', /2:2: "utc" is there twice/, /Remove/],
  ["a profile without a URL", '{"profiles": {"a": {}}}', /1:15: profile a has no url/, /"url"/],
  [
    "two passwords",
    '{"profiles": {"a": {"url": "redis://:x@y", "passwordEnv": "P"}}}',
    /its password in url and in passwordEnv/,
    /Keep one/,
  ],
  [
    "a name that is none",
    '{"profiles": {"a b": {"url": "redis://x"}}}',
    /"a b" is no name for a profile/,
    /letters, digits/,
  ],
  ["profiles that are none", '{"profiles": []}', /profiles is not an object/, /"name"/],
])("%s: exit 2", async (_, text, message, hint) => {
  writeFileSync(userFile, text, { mode: 0o600 });
  const { stdout, stderr, exitCode } = await list();
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(new RegExp(`\n {2}try: .*${hint.source}`));
});

test("comments, a last comma and a byte order mark are no mistakes", async () => {
  writeFileSync(
    userFile,
    `\uFEFF{\n  // ours\n  "profile": "prod", /* and */\n  "profiles": {"prod": ${JSON.stringify(prod)},},\n}`,
  );
  expect((await list()).stderr).toContain("at prod (redis://127.0.0.1:1) (namespace sc)");
});

describe("who may read and write the file", () => {
  const withPassword = { profiles: { prod: { ...prod, password: "hunter2" } } };
  const inUrl = { profiles: { prod: { url: "redis://:hunter2@127.0.0.1:1" } } };
  const command = { profiles: { prod: { ...prod, passwordCommand: ["pass"] } } };

  test.each<[string, object, number, RegExp | undefined]>([
    ["with a password, its owner alone", withPassword, 0o600, undefined],
    ["with a password, the group", withPassword, 0o640, /holds a password, and others may read it \(640\)/],
    ["with a password, everybody", withPassword, 0o644, /holds a password, and others may read it \(644\)/],
    ["with one in a URL, everybody", inUrl, 0o644, /holds a password, and others may read it/],
    ["without one, everybody may read it", { profiles: { prod } }, 0o644, undefined],
    ["with a command, everybody may read it", command, 0o644, undefined],
    ["with a command, everybody may write it", command, 0o646, /says how to get a password, and others may change it/],
  ])("%s", async (_, content, mode, refused) => {
    writeFileSync(userFile, JSON.stringify(content));
    chmodSync(userFile, mode);
    const { stderr, exitCode } = await list("--url", "redis://127.0.0.1:1");
    expect(stderr).not.toContain("hunter2");
    if (refused === undefined) {
      expect(exitCode).toBe(4);
      return;
    }
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(refused);
    expect(stderr).toContain(`try: Run: chmod 600 ${userFile}`);
  });
});

describe("a project's file", () => {
  const projectFile = () => path.join(folder, ".sessctl.json");
  const user = { profiles: { prod, other: { url: "redis://127.0.0.1:2" } } };
  beforeEach(() => writeFileSync(userFile, JSON.stringify(user)));

  test("is found from any folder below, and names a profile of the user's", async () => {
    writeFileSync(projectFile(), JSON.stringify({ profile: "other", namespace: "shop" }));
    const below = path.join(folder, "src", "deep");
    mkdirSync(below, { recursive: true });
    const { stderr } = await sessctl(["list"], { env: { XDG_CONFIG_HOME: folder }, cwd: below });
    expect(stderr).toContain("at other (redis://127.0.0.1:2) (namespace shop)");
  });

  test.each(["url", "username", "password", "passwordCommand", "passwordFile", "tls", "db", "protected", "readOnly"])(
    "cannot say %s: exit 2",
    async (key) => {
      writeFileSync(projectFile(), JSON.stringify({ [key]: "x" }));
      const { stderr, exitCode } = await list();
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/\.sessctl\.json:1:2: "?[a-zA-Z]+"? (must not be in a project's file)/);
      expect(stderr).toContain("name the profile here");
    },
  );

  test("cannot name a profile that the user does not have", async () => {
    writeFileSync(projectFile(), JSON.stringify({ profile: "prd" }));
    const { stderr, exitCode } = await list();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('.sessctl.json:1:12: profile: there is no profile "prd"; did you mean prod?');
  });

  test("that everybody can write to is refused", async () => {
    writeFileSync(projectFile(), "{}");
    chmodSync(projectFile(), 0o666);
    const { stderr, exitCode } = await list();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("can be changed by everybody (666)");
  });
});
