import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

let redis: TestRedis;
let stolen: string;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 20; n++)
    await sessions.create({ user: `user${n}`, client: { ip: `198.51.100.${n}`, userAgent: chrome } });
  const { token, session } = await sessions.create({ user: "alice", client: { ip: "203.0.113.7", userAgent: chrome } });
  stolen = session.id;
  await sessions.validate(token, { ip: "192.0.2.1", userAgent: "curl/8.5.0" });
  await sessions.close();
});

afterAll(() => redis.stop());

const run = (...args: string[]) => sessctl(["audit", ...args], { url: redis.url });

test("the hijacked session is found, with what was seen and the commands to try next", async () => {
  const { stdout, stderr, exitCode } = await run("--anomalies", "--severity", "high");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toMatch(/^(HIGH|CRITICAL) {2}1 finding\n/);
  expect(stdout).toMatch(new RegExp(`^ {2}hijack {2}${stolen.slice(0, 8)} {2}alice$`, "m"));
  expect(stdout).toContain(`$ sessctl revoke ${stolen.slice(0, 8)} --reason hijack`);
  expect(stdout).toMatch(/^21 sessions audited by \d+ rules: 1 (high|critical)$/m);
});

test("in JSON: the audit, its findings with times in RFC 3339, and what could not run", async () => {
  const { stdout } = await run("-o", "json", "--rule", "hijack");
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[0-9:.]+Z$/);
  expect(JSON.parse(stdout)).toEqual({
    audit: { at: time, layout: "native", sessions: 21, rules: ["hijack"], data: [], omitted: [] },
    findings: [
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        rule: "hijack",
        severity: expect.stringMatching(/high|critical/),
        title: expect.any(String),
        sessions: [stolen],
        user: "alice",
        ip: "192.0.2.1",
        evidence: expect.any(Object),
        firstSeenAt: time,
        lastSeenAt: time,
      },
    ],
    notRun: [],
  });
  expect(stdout).not.toMatch(/At":\d/);
});

test("ndjson is one finding a line, csv one a row, id each session once", async () => {
  const ndjson = (await run("-o", "ndjson", "--rule", "hijack")).stdout;
  expect(JSON.parse(ndjson)).toMatchObject({ rule: "hijack", sessions: [stolen] });
  const csv = (await run("-o", "csv", "--rule", "hijack")).stdout;
  expect(csv).toMatch(
    /^id,rule,severity,title,sessions,user,ip,evidence,firstSeenAt,lastSeenAt\r\n[0-9a-f]{16},hijack,/,
  );
  const ids = (await run("-o", "id")).stdout.trim().split("\n");
  expect(ids).toContain(stolen);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  [["--fail-on", "high"], 10],
  [["--fail-on", "info"], 10],
  [["--fail-on", "critical", "--rule", "immortal"], 0],
  // What the report leaves out still counts.
  [["--fail-on", "low", "--severity", "critical"], 10],
  [[], 0],
])("%j exits with %d", async (args, exitCode) => {
  expect((await run(...args)).exitCode).toBe(exitCode);
});

test("found ids can be piped into revoke", async () => {
  const { stdout } = await run("--rule", "hijack", "-o", "id");
  const dry = await sessctl(["revoke", "-", "--dry-run", "-o", "id"], { url: redis.url, stdin: stdout });
  expect(dry.stdout).toBe(`${stolen}\n`);
});

test("an audit of nothing does not pass for a clean one: exit 3", async () => {
  const { stderr, exitCode } = await run("--namespace", "other");
  expect(exitCode).toBe(3);
  expect(stderr).toContain("no sessions to audit in namespace other");
});
