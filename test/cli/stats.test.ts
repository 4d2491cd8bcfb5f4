import stringWidth from "string-width";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dimensions } from "../../src/app/stats/index.js";
import { createSessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const wide = "日本語の名前".repeat(12);

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 6; n++)
    await sessions.create({ user: "alice", level: "aal2", client: { ip: "203.0.113.7", userAgent: chrome } });
  for (let n = 0; n < 3; n++)
    await sessions.create({ user: wide, client: { ip: `198.51.100.${n}`, userAgent: "curl/8.5.0" } });
  for (let n = 0; n < 12; n++) await sessions.create({ user: `user-${n}`, client: { ip: "192.0.2.1" } });
  await sessions.create({});
  await sessions.close();
});

afterAll(() => redis.stop());

const run = (...args: string[]) => sessctl(["stats", ...args], { url: redis.url });
// oxlint-disable-next-line no-control-regex
const plain = (text: string) => text.replaceAll(/\u001B\[[\d;]*m/g, "");

test("in a pipe: every dimension, whole words, and no pictures", async () => {
  const { stdout, stderr, exitCode } = await run();
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toMatch(
    /^22 sessions, 14 users, 1 without a user\n\nUSER {2}14 different, 1 unknown\n {2}alice +6 +27%\n/,
  );
  for (const { title } of dimensions) expect(stdout).toContain(`\n${title.toUpperCase()}`);
  expect(stdout).toContain(wide);
  expect(stdout).toMatch(/\n {2}4 others +4 +18%\n/);
  expect(stdout).toMatch(/\nSIZE {2}\d+ B to \d+ B, mean \d+(\.\d)? B\n/);
  expect(stdout).not.toMatch(/[█▏\u001B]/);
  // No line has blanks at its end.
  expect(stdout).not.toMatch(/ \n/);
});

test.each([60, 80, 200])("on a terminal of %d columns: bars that fit, the longest for the most", async (columns) => {
  const stats = startOnTerminal([process.execPath, program, "stats", "--by", "user"], {
    columns,
    rows: 60,
    env: { SESSCTL_URL: redis.url },
  });
  expect((await stats.ended).exitCode).toBe(0);
  const lines = plain(stats.output).split("\r\n");
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  const bars = lines.flatMap((line) => /█+/.exec(line)?.[0].length ?? []);
  expect(bars).toHaveLength(10);
  const barOf = (label: string) =>
    /█*/.exec(lines.find((line) => line.includes(label))?.replace(/^[^█]*/, "") ?? "")?.[0].length;
  expect(barOf("alice")).toBe(Math.max(...bars));
  // Half as many, half as long: the wide name is cut and does not push its bar.
  expect(Math.abs((barOf("日本") ?? 0) - Math.max(...bars) / 2)).toBeLessThanOrEqual(1);
  expect(lines.find((line) => line.includes("日本"))).toContain("…");
  expect(stats.output).toContain("\u001B[36m█");
});

test.each([
  ["--ascii", [process.execPath, program, "stats", "--ascii"]],
  // The pseudo-terminal names its own.
  ["TERM=dumb", ["env", "TERM=dumb", process.execPath, program, "stats"]],
] as const)("with %s there are only ASCII's own signs", async (_, command) => {
  const stats = startOnTerminal([...command, "--by", "age,level,network"], { env: { SESSCTL_URL: redis.url } });
  await stats.ended;
  // oxlint-disable-next-line no-control-regex
  expect(plain(stats.output)).toMatch(/^[\x00-\x7F]*$/);
  expect(stats.output).toContain("####");
});

test("without colour the bars are the same", async () => {
  const env = { SESSCTL_URL: redis.url, NO_COLOR: "1" };
  const stats = startOnTerminal([process.execPath, program, "stats", "--by", "level"], { env });
  await stats.ended;
  expect(stats.output).not.toContain("\u001B");
  expect(stats.output).toMatch(/aal2 {2}█+/);
});

test("for programs: totals, what is known of each dimension, and every line", async () => {
  const { stdout } = await run("-o", "json", "--by", "level", "--by", "sightings,country");
  const { stats, dimensions: told, counts } = JSON.parse(stdout) as Record<string, unknown>;
  expect(stats).toMatchObject({ sessions: 22, users: 14, usersCut: false, anonymous: 1, corrupt: 0 });
  expect(told).toMatchObject([
    { dimension: "level", known: 6, unknown: 16, distinct: 1, cut: false },
    { dimension: "sightings", known: 22, unknown: 0, unit: "count", least: 1, most: 1, never: 0 },
    { dimension: "country" },
  ]);
  expect(counts).toMatchObject([
    { dimension: "level", value: "aal2", from: null, to: null, count: 6, share: 0.272727 },
    { dimension: "sightings", value: null, from: 0, to: 2, count: 22, share: 1 },
  ]);
  const csv = await run("-o", "csv", "--by", "level");
  expect(csv.stdout).toBe("dimension,value,from,to,count,share\r\nlevel,aal2,,,6,0.272727\r\n");
  const lines = await run("-o", "ndjson", "--by", "user", "--top", "0");
  expect(lines.stdout.trim().split("\n")).toHaveLength(14);
});

test("--top, --user, --where: more or fewer lines, fewer sessions", async () => {
  expect((await run("--by", "user", "--top", "2")).stdout).toMatch(/ 12 others +12 /);
  expect((await run("--by", "user", "--top", "0")).stdout).not.toContain("others");
  expect((await run("--user", "alice", "--by", "level")).stdout).toMatch(
    /^6 sessions, 1 user, 0 without a user\n\nLEVEL\n {2}aal2 {2}6 +100%\n$/,
  );
  expect((await run("--where", 'inCidr(ip, "198.51.100.0/24")', "--by", "network")).stdout).toMatch(
    /198\.51\.100\.0\/24 +3 +100%/,
  );
});

test("nothing matched is told; mistakes are told before anything is read", async () => {
  expect(await run("--user", "nobody")).toMatchObject({ exitCode: 3, stdout: "", stderr: "no session matched\n" });
  expect(await run("--user", "nobody", "-o", "json")).toMatchObject({ exitCode: 3, stdout: "" });
  for (const args of [
    ["--by", "colour"],
    ["--top", "many"],
    ["-o", "id"],
    ["--where", "nonsense"],
  ]) {
    const { exitCode, stdout } = await sessctl(["stats", ...args], { url: "redis+unix:///nowhere.sock" });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  }
  expect(await sessctl(["stats"], { url: "redis+unix:///nowhere.sock" })).toMatchObject({ exitCode: 4, stdout: "" });
});
