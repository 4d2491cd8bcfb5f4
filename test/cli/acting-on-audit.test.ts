import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeEach, expect, test } from "vitest";
import { findingFields } from "../../src/app/filter/finding-fields.js";
import { createSessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis } from "../helpers/redis.js";

// `sessctl audit … -o id | sessctl revoke -` as people type it, in a shell.

const redis = await startRedis();
let stolen: readonly string[];
let quiet: string;
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

beforeEach(async () => {
  await redis.client.flushall();
  const sessions = createSessionStore({ redis: redis.url });
  const begin = async (user: string, ip: string) => sessions.create({ user, client: { ip, userAgent: chrome } });
  quiet = (await begin("bob", "198.51.100.1")).session.id;
  const ids: string[] = [];
  for (const user of ["alice", "carol", "dave"]) {
    const { token, session } = await begin(user, "203.0.113.7");
    await sessions.validate(token, { ip: "192.0.2.1", userAgent: "curl/8.5.0" });
    ids.push(session.id);
  }
  stolen = ids.toSorted();
  await sessions.close();
});
afterAll(() => redis.stop());

const env = { ...process.env, SESSCTL_URL: redis.url };
/** A line for a shell, as in the documents. */
const asTyped = (line: string) => line.replaceAll("sessctl ", `"${process.execPath}" "${program}" `);
const left = async () => (await sessctl(["list", "-o", "id"], { url: redis.url })).stdout.trim().split("\n").toSorted();

const hijacked = "sessctl audit --anomalies --rule hijack -o id | sessctl revoke - --reason hijack";

test("in a script several sessions want --yes: without it none ends, with it those and no other", async () => {
  const shell = (line: string) => promisify(execFile)("sh", ["-c", asTyped(line)], { env });
  const refused = await shell(hijacked).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused).toHaveProperty("stderr", expect.stringContaining("Add --yes"));
  expect(await left()).toEqual([...stolen, quiet].toSorted());

  const { stdout } = await shell(`${hijacked} --yes`);
  expect(stdout).toBe("ended 3 sessions of 3 users\n");
  expect(await left()).toEqual([quiet]);
  expect((await sessctl(["trail", "-o", "ndjson"], { url: redis.url })).stdout).toContain(`"reason":"hijack"`);
});

test.each([
  ["n", 0],
  ["y", 3],
])("on a terminal it is asked there, though standard input is a pipe: %s", async (answer, ended) => {
  const shell = startOnTerminal(["sh", "-c", asTyped(hijacked)], { env, columns: 120 });
  expect(await shell.until("End 3 sessions of 3 users? [y/N]")).toContain("alice");
  shell.type(`${answer}\r`);
  expect((await shell.ended).exitCode === 0).toBe(ended > 0);
  expect(await left()).toEqual(ended > 0 ? [quiet] : [...stolen, quiet].toSorted());
});

test("Ctrl-C there ends nothing, and ends at once", async () => {
  const shell = startOnTerminal(["sh", "-c", asTyped(hijacked)], { env, columns: 120 });
  await shell.until("[y/N]");
  shell.type("\u0003");
  await shell.ended;
  expect(await left()).toEqual([...stolen, quiet].toSorted());
});

test("--no-input asks nowhere", async () => {
  const shell = startOnTerminal(["sh", "-c", asTyped(`${hijacked} --no-input`)], { env, columns: 120 });
  expect((await shell.ended).exitCode).toBe(2);
  expect(shell.output).toContain("Add --yes");
});

test("sessions against a policy can be ended alike", async () => {
  const line = 'sessctl audit --policy nist-aal3 -o id | sessctl revoke - --reason "beyond policy" --yes';
  await promisify(execFile)("sh", ["-c", asTyped(line)], { env });
  expect(await left()).toEqual([""]);
});

/** Of each field something that holds of the three findings, and something that does not. */
const filters: Readonly<Record<string, readonly [holds: string, fails: string]>> = {
  id: ["id.size() == 16", 'id == ""'],
  rule: ['rule == "hijack"', 'rule == "flip-flop"'],
  severity: ['severity in ["high", "critical"]', 'severity == "low"'],
  rank: ["rank >= 3", "rank < 3"],
  title: ['title.contains("network")', 'title == ""'],
  user: ['user.startsWith("alice") || user != ""', 'user == "bob"'],
  ip: ['inCidr(ip, "192.0.2.0/24")', 'inCidr(ip, "10.0.0.0/8")'],
  sessions: ["sessions.size() == 1", "sessions.size() > 1"],
  sessionCount: ["sessionCount == 1", "sessionCount > 1"],
  firstSeenAt: ['firstSeenAt > now - duration("1h")', 'firstSeenAt < now - duration("1h")'],
  lastSeenAt: ['lastSeenAt > now - duration("1h")', 'lastSeenAt < now - duration("1h")'],
  evidence: ['evidence.after.client.startsWith("curl")', 'evidence.after.client == "Chrome on Windows"'],
};

test.each(findingFields.map(({ name }) => name))("--where asks about a finding's %s", async (name) => {
  const [holds = "false", fails = "true"] = filters[name] ?? [];
  const idsWhere = async (where: string) => {
    const { stdout, stderr } = await sessctl(["audit", "--rule", "hijack", "--where", where, "-o", "id"], {
      url: redis.url,
    });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((id) => id !== "");
  };
  expect((await idsWhere(holds)).toSorted()).toEqual(stolen);
  expect(await idsWhere(fails)).toEqual([]);
});
