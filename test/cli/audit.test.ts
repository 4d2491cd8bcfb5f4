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
  expect(stdout).toMatch(new RegExp(`^ {2}tool-replay {2}${stolen.slice(0, 8)} {2}alice$`, "m"));
  expect(stdout).toContain(`$ sessctl revoke ${stolen.slice(0, 8)} --reason tool-replay`);
  expect(stdout).toMatch(/^21 sessions audited by \d+ rules: 1 critical$/m);
});

test("in JSON: the audit, its findings with times in RFC 3339, and what could not run", async () => {
  const { stdout } = await run("-o", "json", "--rule", "hijack");
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[0-9:.]+Z$/);
  expect(JSON.parse(stdout)).toEqual({
    audit: {
      at: time,
      layout: "native",
      sessions: 21,
      since: null,
      rules: ["hijack"],
      data: expect.any(Array),
      omitted: [],
      suppressed: [],
      known: null,
    },
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
    policy: null,
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

test("the data sets with their dates are in every report, and rules that could not run say why", async () => {
  const { stdout } = await run();
  expect(stdout).toMatch(/^data: country @ip-location-db\/\S+ of \d{4}-\d\d-\d\d, asn @ip-location-db\/asn of \d{4}-/m);
  expect(stdout).toMatch(/^impossible-travel could not run: there is no city data: give a database with --geo-city$/m);
  const report = JSON.parse((await run("-o", "json")).stdout) as { audit: { data: object[] } };
  expect(report.audit.data).toContainEqual({
    kind: "asn",
    name: "@ip-location-db/asn",
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
});

test("--user is one user's sessions; rules that compare with all say so", async () => {
  const { stdout } = await run("--user", "alice", "-o", "json");
  const report = JSON.parse(stdout) as { audit: { sessions: number }; findings: { user: string }[]; notRun: object[] };
  expect(report.audit.sessions).toBe(1);
  expect(new Set(report.findings.map(({ user }) => user))).toEqual(new Set(["alice"]));
  expect(report.notRun).toContainEqual({
    rule: "rare-profile",
    why: "it compares with all sessions, and only one user's were looked at",
  });
});

test("--recent looks at what happened of late and no more", async () => {
  const { stdout, exitCode } = await run("--recent", "1h", "--rule", "tool-replay", "-o", "id");
  expect({ stdout, exitCode }).toEqual({ stdout: `${stolen}\n`, exitCode: 0 });
  const json = JSON.parse((await run("--recent", "1h", "-o", "json")).stdout) as { audit: { since: string | null } };
  expect(json.audit.since).toMatch(/^\d{4}-/);
});

test("--where asks about findings, and names what it can ask", async () => {
  expect((await run("--where", 'rule == "tool-replay" && rank >= 3', "-o", "id")).stdout).toBe(`${stolen}\n`);
  expect((await run("--where", 'evidence.after.client.startsWith("curl")', "-o", "id")).stdout).toBe(`${stolen}\n`);
  expect((await run("--where", 'user == "bob"', "-o", "id")).stdout).toBe("");
  const wrong = await run("--where", 'rul == "hijack"');
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain("Did you mean rule?");
});

test("--since leaves out what ended before", async () => {
  expect((await run("--since", "1h ago", "--rule", "hijack", "-o", "id")).stdout).toBe(`${stolen}\n`);
  expect((await run("--since", "in 1h", "--rule", "hijack", "-o", "id")).stdout).toBe("");
});

test("--list-rules says what there is, in every form, without a Redis", async () => {
  const nowhere = { url: "redis://127.0.0.1:1" };
  const table = await sessctl(["audit", "--list-rules"], nowhere);
  expect(table.exitCode).toBe(0);
  expect(table.stdout).toMatch(/^hijack +\S/m);
  const rules = JSON.parse((await sessctl(["audit", "--list-rules", "-o", "json"], nowhere)).stdout) as {
    id: string;
  }[];
  expect(rules).toHaveLength(26);
  expect(rules[0]).toHaveProperty("thresholds");
});

test.each([
  [["--rule", "hijak"], "Did you mean hijack?"],
  [["--user", "alice", "--recent", "1h"], "--user and --recent exclude each other"],
  [["--recent", "soon"], "--recent"],
  [["--config", "/no/such.json"], "there is no such file"],
  [["--geo-city", "/no/such.mmdb"], "there is no such file"],
])("%j is a usage error that says what to do", async (args, message) => {
  const { stdout, stderr, exitCode } = await run(...args);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain(message);
});
