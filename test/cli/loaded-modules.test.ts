import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// A command loads only what it uses: which files of the build it opens is watched from inside, and what is in them is
// told by a text that only that package has.

const marks = {
  commander: "preSubcommand",
  ioredis: "enableReadyCheck",
  ink: "Raw mode is not supported",
  react: "__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE",
  "ua-parser-js": "facebookexternalhit",
  "audit rules": "concurrent-excess",
  "filter language": "maxAstNodes",
  "reader of files of settings": "InvalidCommentToken",
  geography: "asn-names.br",
} as const;

let redis: TestRedis;
let folder: string;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  await sessions.create({ user: "alice" });
  await sessions.close();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-loaded-"));
  writeFileSync(
    path.join(folder, "register.mjs"),
    `
    import { appendFileSync } from "node:fs";
    import { createRequire, register } from "node:module";
    import { pathToFileURL } from "node:url";
    // What was required.
    process.once("exit", () => {
      for (const file of Object.keys(createRequire(import.meta.url).cache)) {
        appendFileSync(process.env.LOADED_MODULES, pathToFileURL(file) + "\\n");
      }
    });
    // What was imported.
    register("data:text/javascript," + encodeURIComponent(\`
      import { appendFileSync } from "node:fs";
      export async function load(url, context, next) {
        if (url.startsWith("file:")) appendFileSync(process.env.LOADED_MODULES, url + "\\\\n");
        return next(url, context);
      }\`));`,
  );
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

async function loaded(...args: string[]): Promise<string[]> {
  const log = path.join(folder, `${Math.random()}.log`);
  // A busy machine may take long enough for a word of progress.
  const env = {
    SESSCTL_QUIET: "1",
    NODE_OPTIONS: `--import ${path.join(folder, "register.mjs")}`,
    LOADED_MODULES: log,
  };
  const { exitCode, stderr } = await sessctl(args, { url: redis.url, env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const files = readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((url) => readFileSync(new URL(url), "utf8"));
  return Object.entries(marks)
    .filter(([, mark]) => files.some((file) => file.includes(mark)))
    .map(([name]) => name);
}

test("--version loads nothing", async () => {
  expect(await loaded("--version")).toEqual([]);
});

test("--help is said from the registries alone", async () => {
  expect(await loaded("--help")).toEqual([]);
  expect(await loaded()).toEqual([]);
});

test("list -o id loads Redis, and no parser, table or screen", async () => {
  expect(await loaded("list", "--user", "alice", "-o", "id")).toEqual(["commander", "ioredis", "ua-parser-js"]);
});

test("the filter language is loaded for a filter", async () => {
  expect(await loaded("list", "--where", 'user == "alice"', "-o", "id")).toContain("filter language");
});

test("where addresses are is loaded when it is asked for", async () => {
  expect(await loaded("list", "--columns", "id,country")).toContain("geography");
  expect(await loaded("list", "--where", "country == ''")).toContain("geography");
  expect(await loaded("list", "-o", "json")).not.toContain("geography");
});

test("files of settings are read where there are any", async () => {
  const config = path.join(folder, "sessctl", "config.json");
  mkdirSync(path.dirname(config), { recursive: true });
  writeFileSync(config, "{}");
  expect(await loaded("list", "-o", "id")).not.toContain("reader of files of settings");
  process.env["XDG_CONFIG_HOME"] = folder;
  expect(await loaded("list", "-o", "id")).toContain("reader of files of settings");
  process.env["XDG_CONFIG_HOME"] = "/dev/null";
});

test("what needs no Redis loads none", async () => {
  expect(await loaded("audit", "--list-rules")).not.toContain("ioredis");
  expect(await loaded("completion", "bash")).not.toContain("ioredis");
  expect(await loaded("list", "--help")).not.toContain("ioredis");
});

test("revoke does not load the audit", async () => {
  expect(await loaded("revoke", "--user", "alice", "--dry-run", "-q", "-o", "id")).not.toContain("audit rules");
});

test("the other marks are good: audit has the rules, the build has the screen", async () => {
  expect(await loaded("audit")).toContain("audit rules");
  const chunks = path.join(path.dirname(program), "../dist/cli/chunks");
  const built = readdirSync(chunks).map((name) => readFileSync(path.join(chunks, name), "utf8"));
  for (const mark of [marks.ink, marks.react]) expect(built.some((text) => text.includes(mark))).toBe(true);
});
