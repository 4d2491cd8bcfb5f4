import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layoutNamed } from "../../src/layouts/index.js";
import { sessctl } from "../helpers/cli.js";
import { bytesOf, type FixtureKey, type FixtureText, putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import type { LayoutCases } from "../layouts/cases/cases.js";
import { layoutCases } from "../layouts/cases/index.js";

/** Everything that tells of sessions, then everything that changes them. */
const commands = [
  ["list", "-o", "wide"],
  ["list", "-o", "json"],
  ["list", "--debug", "--where", "data.nothing == 1"],
  ["show", "IDS", "--data"],
  ["show", "IDS", "--data", "-o", "json"],
  ["show", "0123456789abcdef", "--debug"],
  ["audit", "-o", "json"],
  ["revoke", "--all", "--dry-run"],
  ["expire", "--all", "--in", "50s", "--yes"],
  ["revoke", "ID", "--yes", "-o", "json"],
  ["revoke", "--all", "--yes", "--debug"],
  ["trail", "-o", "json"],
];

/** A key as if it had been written `by` ms later, also by the times in its record: the program has no clock but the system's. */
function later({ string, hash, ...key }: FixtureKey, by: number): FixtureKey {
  const fields = Object.entries(hash ?? {}).map(([name, value]) => [name, laterValue(value, by, name)] as const);
  return {
    ...key,
    ...(string === undefined ? {} : { string: laterValue(string, by) }),
    ...(hash === undefined ? {} : { hash: Object.fromEntries(fields) }),
  };
}

function laterValue(value: FixtureText, by: number, field?: string): FixtureText {
  if (typeof value !== "string") {
    if (field !== "lastAccessedTime") return value;
    // The JDK's Long ends with its eight bytes.
    const bytes = bytesOf(value);
    bytes.writeBigUInt64BE(bytes.readBigUInt64BE(bytes.length - 8) + BigInt(by), bytes.length - 8);
    return { base64: bytes.toString("base64") };
  }
  // redis-sessions' last activity is in seconds.
  if (field === "la") return String(Number(value) + Math.floor(by / 1000));
  return value
    .replace(/\b1[78]\d{11}\b/g, (ms) => String(Number(ms) + by))
    .replace(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, (time) => new Date(Date.parse(time) + by).toISOString());
}

/** The layouts as they are applied to the fixtures: together in one Redis, as they may well be. */
const groups = new Map<string, LayoutCases[]>();
for (const cases of layoutCases) {
  if (cases.sessions(0).length === 0) continue;
  const applied = `${cases.layout} ${cases.prefix ?? layoutNamed(cases.layout).keys.prefix}`;
  groups.set(applied, [...(groups.get(applied) ?? []), cases]);
}

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
  const now = Date.now();
  for (const { fixture } of layoutCases) {
    const keys = fixture.keys.map((key) => later(key, fixture.writtenAt === 0 ? 0 : now - fixture.writtenAt));
    await putKeys(redis.client, keys, now);
  }
});
afterAll(() => redis.stop());

/** What is in a cookie, and the keys that hold it; of all layouts. */
function opening(cases: readonly LayoutCases[]): { keys: string[]; secrets: string[] } {
  const sessions = cases.flatMap((one) => one.sessions(0));
  return {
    keys: [...new Set(sessions.map(({ key }) => key))],
    secrets: sessions.flatMap(({ key, secret = key.slice(key.lastIndexOf(":") + 1) }) => [
      secret,
      // As Spring's cookie has it.
      Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    ]),
  };
}

it("what opens a session is in no output where layouts are found without being named", async () => {
  const { keys, secrets } = opening(layoutCases);
  const { stdout: all } = await sessctl(["list", "-o", "json"], { url: redis.url });
  const found = new Set((JSON.parse(all) as { layout: string }[]).map(({ layout }) => layout));
  expect(found).toEqual(new Set(layoutCases.map(({ layout }) => layout)));
  for (const command of [
    ["list", "-o", "json"],
    ["layouts", "-o", "json"],
    ["layouts", "--probe"],
    ["layouts", "--probe", "-o", "json", "--debug"],
    ["audit", "-o", "json"],
  ]) {
    const { stdout, stderr } = await sessctl(command, { url: redis.url });
    expect(stdout).not.toBe("");
    expect([...keys, ...secrets].filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
  }
});

describe.each([...groups])("what opens a session of %s", (applied, cases) => {
  const [layout = "", prefix = ""] = applied.split(" ");
  const { keys, secrets } = opening(cases);
  const run = (args: readonly string[]) =>
    sessctl([...args, "--layout", layout, "--prefix", prefix], { url: redis.url });

  it("is in no output of any command, and nowhere in the trail", async () => {
    const ids = (await run(["list", "-o", "id"])).stdout.trim().split("\n");
    const [id = ""] = ids;
    expect(ids).toHaveLength(keys.length);

    for (const command of commands) {
      const named = command.flatMap((word) => (word === "IDS" ? ids : word === "ID" ? [id] : [word]));
      const { stdout, stderr } = await run(named);
      expect([...keys, ...secrets].filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
    }
    expect(await redis.client.exists(keys)).toBe(0);
    const trail = JSON.stringify(await redis.client.xrange("sc:{trail}:trail", "-", "+"));
    expect(trail).toContain(id);
    expect(secrets.filter((secret) => trail.includes(secret))).toEqual([]);
  });
});
