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

/** The times in records that say when a session was last used, as if that were now: the program has no other clock. */
function asOfNow(key: FixtureKey): FixtureKey {
  const now = Date.now();
  const times: Readonly<Record<string, (value: FixtureText) => FixtureText>> = {
    // Spring's: the JDK's Long ends with its eight bytes.
    lastAccessedTime(value) {
      if (typeof value === "string") return String(now);
      const bytes = bytesOf(value);
      bytes.writeBigUInt64BE(BigInt(now), bytes.length - 8);
      return { base64: bytes.toString("base64") };
    },
    // redis-sessions': seconds.
    la: () => String(Math.floor(now / 1000)),
  };
  const hash = Object.entries(key.hash ?? {}).map(([name, value]) => [name, times[name]?.(value) ?? value] as const);
  return key.hash === undefined ? key : { ...key, hash: Object.fromEntries(hash) };
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
  for (const { fixture } of layoutCases) await putKeys(redis.client, fixture.keys.map(asOfNow), Date.now());
});
afterAll(() => redis.stop());

describe.each([...groups])("what opens a session of %s", (applied, cases) => {
  const [layout = "", prefix = ""] = applied.split(" ");
  const sessions = cases.flatMap((one) => one.sessions(0));
  const keys = [...new Set(sessions.map(({ key }) => key))];
  const secrets = sessions.flatMap(({ key, secret = key.slice(key.lastIndexOf(":") + 1) }) => [
    secret,
    // As Spring's cookie has it.
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ]);
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
