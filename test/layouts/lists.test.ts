import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { layoutNamed } from "../../src/layouts/index.js";
import type { Layout } from "../../src/layouts/layout.js";
import { openLayout } from "../../src/redis/open-layout.js";
import { putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import betterAuth from "./fixtures/better-auth.json" with { type: "json" };
import shopify from "./fixtures/shopify.json" with { type: "json" };

/** Lists that an application rewrites as a whole, edited here while it does. */

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => redis.client.flushall());

const lists = [
  { name: "better-auth", fixture: betterAuth, member: { token: "n".repeat(32), expiresAt: 4_102_444_800_000 } },
  { name: "shopify", fixture: shopify, member: "shopify_sessions_offline_two.myshopify.com" },
];

/** What another client writes into a list just when we have read it and not yet written it: a login that came between. */
function addBehindOurBack(key: string, member: unknown): void {
  const cli = (...args: string[]) => execFileSync("redis-cli", ["-s", redis.socket, ...args], { encoding: "utf8" });
  const list = JSON.parse(cli("--raw", "GET", key)) as unknown[];
  cli("SET", key, JSON.stringify([...list, member]), "KEEPTTL");
}

/** The layout, and `between` called with the list's key after each of the first `times` readings of it. */
function raced(layout: Layout, times: number, between: (key: string, time: number) => void): Layout {
  let time = 0;
  return {
    ...layout,
    belongings: (stored) =>
      (layout.belongings?.(stored) ?? []).map((step) => {
        if (step.do !== "edit") return step;
        const edit = (value: Buffer) => {
          if (time < times) between(step.key, time++);
          return step.edit(value);
        };
        return { ...step, edit };
      }),
  };
}

describe.each(lists)("the list of $name", ({ name, fixture, member }) => {
  it.each([1, 3])("loses nothing to a revocation that others write into %d times", async (times) => {
    await putKeys(redis.client, fixture.keys, Date.now());
    let listKey = "";
    let before: unknown[] = [];
    const written = Array.from({ length: times }, (_, n) => (n === 0 ? member : `another-${n}`));
    const original = layoutNamed(name);
    const layout = raced(original, times, (key, time) => {
      listKey = key;
      addBehindOurBack(key, written[time]);
    });
    const directory = openLayout({
      redis: redis.url,
      layout,
      prefix: original.keys.prefix,
      mapping: {},
      clock: () => fixture.writtenAt,
    });
    for await (const [session] of directory.walk()) {
      if (session === undefined) continue;
      const values = new Map<string, string>();
      for (const key of await redis.client.keys("*")) {
        if ((await redis.client.type(key)) === "string") values.set(key, (await redis.client.get(key)) ?? "");
      }
      expect((await directory.revoke([session.id])).map(({ outcome }) => outcome)).toEqual(["revoked"]);
      before = JSON.parse(values.get(listKey) ?? "[]") as unknown[];
      break;
    }
    await directory.close();
    const after = JSON.parse((await redis.client.get(listKey)) ?? "[]") as unknown[];
    expect(after).toEqual(expect.arrayContaining(written));
    const missing = before.filter((one) => !after.some((left) => JSON.stringify(left) === JSON.stringify(one)));
    expect(missing).toHaveLength(1);
    expect(after).toHaveLength(before.length - 1 + times);
  });
});
