import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  for (let n = 0; n < 250; n++) {
    // As an application with an own id generator writes them: four random bytes.
    const id = createHash("sha256").update(String(n)).digest("hex").slice(0, 8);
    const cookie = { originalMaxAge: 3_600_000, expires: new Date(Date.now() + 3_600_000), httpOnly: true, path: "/" };
    await redis.client.set(`sess:${id}`, JSON.stringify({ cookie, userId: `user${n}` }), "EX", 3600);
  }
});

afterAll(() => redis.stop());

const run = (...args: string[]) => sessctl(["audit", "--layout", "connect-redis", ...args], { url: redis.url });

interface Report {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly evidence: object }[];
  readonly notRun: readonly { readonly rule: string; readonly why: string }[];
}

test("of a layout's ids only their spread is told, and it tells that they are short", async () => {
  const { stdout } = await run("-o", "json");
  const { findings, notRun } = JSON.parse(stdout) as Report;
  const weak = findings.filter(({ rule }) => rule === "weak-id");
  expect(weak).toMatchObject([{ severity: "high", evidence: { ids: 250, length: 8, isOrdered: false } }]);
  expect(findings.filter(({ rule }) => rule === "cookie-flags")).toMatchObject([
    { severity: "medium", evidence: { lacks: ["secure", "sameSite"], sessions: 250, of: 250 } },
  ]);
  expect(notRun).toContainEqual({ rule: "replayed-token", why: "layout connect-redis keeps no events" });
  expect(notRun.find(({ rule }) => rule === "hijack")?.why).toMatch(/layout connect-redis|no session tells/);
  const id = createHash("sha256").update("0").digest("hex").slice(0, 8);
  expect(stdout).not.toContain(`"${id}"`);
});

test("what happened of late cannot be told of it, and that is said", async () => {
  const { stdout, stderr, exitCode } = await run("--recent", "1h");
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
  expect(stderr).toContain("layout connect-redis does not keep what happened");
  expect(stderr).toContain("Leave --recent out");
});

test("sessions that their application encrypts are one finding of info, and a policy says what they leave open", async () => {
  const text = Buffer.from(JSON.stringify({ iv: "x", value: "y", mac: "z" })).toString("base64");
  for (let n = 0; n < 3; n++) {
    const id = createHash("sha1").update(String(n)).digest("hex");
    await redis.client.set(`laravel-database-laravel-cache-${id}`, `s:${text.length}:"${text}";`, "EX", 7200);
  }
  const of = (...args: string[]) => sessctl(["audit", "--layout", "laravel", ...args], { url: redis.url });
  const report = JSON.parse((await of("-o", "json", "--anomalies")).stdout) as Report & { audit: { sessions: number } };
  expect(report.audit.sessions).toBe(3);
  expect(report.findings).toMatchObject([
    { rule: "inconsistent", severity: "info", evidence: { problems: ["encrypted"], count: 3 } },
  ]);
  expect((await of("--anomalies")).stdout).toContain("The application encrypts these 3 sessions");
  const { stdout } = await of("--policy", "asvs-l2");
  expect(stdout).toMatch(/ASVS 7\.4\.5 {2}violated .*\n {4}all 3 sessions cannot be decoded/);
  // Of a TTL of two hours one knows that it is longer than one.
  expect(stdout).toMatch(/ASVS 7\.3\.1 {2}violated .*\n {4}all 3 sessions may go unused for up to/);
});
