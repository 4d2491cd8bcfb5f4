import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// What `--recent` costs is counted, not timed: the commands that Redis served.

let redis: TestRedis;
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const agoMs = 5 * 3_600_000;
const sizes = { small: 50, large: 2000 };

beforeAll(async () => {
  redis = await startRedis();
  const longAgo = () => Date.now() - agoMs;
  for (const [namespace, size] of Object.entries(sizes)) {
    const old = createSessionStore({ redis: redis.url, namespace, clock: longAgo, idleMs: 86_400_000 });
    for (let start = 0; start < size; start += 50) {
      const some = Array.from({ length: 50 }, (_, n) => start + n);
      await Promise.all(
        some.map((n) => old.create({ user: `user${n}`, client: { ip: `198.51.100.${n % 250}`, userAgent: chrome } })),
      );
    }
    await old.close();
    await age(namespace);
    // The same happened to both in the last hour.
    const sessions = createSessionStore({ redis: redis.url, namespace, idleMs: 86_400_000 });
    for (const user of ["alice", "user7"]) {
      const { token } = await sessions.create({ user, client: { ip: "203.0.113.7", userAgent: chrome } });
      await sessions.validate(token, { ip: "192.0.2.1", userAgent: "curl/8.5.0" });
    }
    await sessions.close();
  }
});
afterAll(() => redis.stop());

/** Dates events back as far as their sessions: entries of a stream have the time of the server, which no test moves. */
async function age(namespace: string): Promise<void> {
  for (const key of await redis.client.keys(`${namespace}:{*}:events`)) {
    const entries = await redis.client.xrange(key, "-", "+");
    await redis.client.del(key);
    for (const [id, fields] of entries) {
      const [time = "", number = "0"] = id.split("-");
      await redis.client.xadd(key, `${Number(time) - agoMs}-${number}`, ...fields);
    }
  }
}

interface Served {
  readonly calls: ReadonlyMap<string, number>;
  readonly bytes: number;
  readonly sessions: number;
  readonly findings: readonly { readonly rule: string; readonly user: string }[];
}

/** What an audit said, and what Redis did for it. */
async function audit(namespace: string, ...args: string[]): Promise<Served> {
  await redis.client.config("RESETSTAT");
  const options = ["--namespace", namespace, "--layout", "native", "--anomalies", "-o", "json", ...args];
  const { stdout } = await sessctl(["audit", ...options], { url: redis.url });
  const stats = await redis.client.info("commandstats");
  const calls = [...stats.matchAll(/^cmdstat_([\w|]+):calls=(\d+)/gm)].map(([, name = "", count]): [string, number] => [
    name,
    Number(count),
  ]);
  const written = /total_net_output_bytes:(\d+)/.exec(await redis.client.info("stats"));
  const report = JSON.parse(stdout) as Served & { readonly audit: { readonly sessions: number } };
  return {
    calls: new Map(calls.filter(([name]) => name !== "config|resetstat" && name !== "info")),
    bytes: Number(written?.[1]),
    sessions: report.audit.sessions,
    findings: report.findings,
  };
}

test("--recent costs what happened in that time, however many sessions there are", async () => {
  // The first run leaves its scripts with Redis.
  await audit("small", "--recent", "1h");
  const [small, large] = [await audit("small", "--recent", "1h"), await audit("large", "--recent", "1h")];
  expect(Object.fromEntries(large.calls)).toEqual(Object.fromEntries(small.calls));
  expect(large.bytes).toBeLessThan(small.bytes * 1.2);
  // Those two users' sessions, and no other.
  expect([small.sessions, large.sessions]).toEqual([3, 3]);
  expect(
    large.findings
      .filter(({ rule }) => rule === "tool-replay")
      .map(({ user }) => user)
      .toSorted(),
  ).toEqual(["alice", "user7"]);
});

test("and a whole audit costs as many, so that the count above can tell", async () => {
  const [small, large] = [await audit("small"), await audit("large")];
  expect([small.sessions, large.sessions]).toEqual([sizes.small + 2, sizes.large + 2]);
  expect(large.bytes).toBeGreaterThan(small.bytes * 10);
});
