import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** Processes that are killed in the middle of logins, rotations and revocations, and a Redis that is. */

interface Line {
  readonly chain: string;
  readonly user: string;
  readonly op: "create" | "login" | "rotate" | "revoke";
  readonly phase: "begun" | "done";
  readonly id?: string;
}

interface StoredRecord {
  readonly u?: string;
  readonly d: { readonly chain: string };
}

const worker = join(import.meta.dirname, "../helpers/crash-worker.mjs");

let redis: TestRedis;
let store: SessionStore;
let folder: string;
let logFile: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sessctl-crashes-"));
  logFile = join(folder, "log");
  writeFileSync(logFile, "");
  redis = await startRedis(["--appendonly", "yes", "--appendfsync", "always"]);
  store = createSessionStore({ redis: redis.url });
});
afterEach(async () => {
  await store.close();
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A worker that is under way; `kill` ends it at once, whatever it does. */
async function startWorker(concurrency: number): Promise<{ readonly kill: () => Promise<void> }> {
  const child = spawn(process.execPath, [worker, redis.url, logFile, String(concurrency)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  process.once("exit", () => child.kill("SIGKILL"));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return { kill };
}

/** What the workers wrote down; a line that a kill cut off was not about to be acted on yet. */
function readLog(): readonly Line[] {
  return readFileSync(logFile, "utf8")
    .split("\n")
    .flatMap((line) => (line.endsWith("}") ? [JSON.parse(line) as Line] : []));
}

/** The sessions that are stored, by their ids. */
async function stored(): Promise<Map<string, StoredRecord>> {
  const keys = await redis.client.keys("sc:*:session:*");
  const entries = keys.map(async (key) => {
    const record = JSON.parse((await redis.client.get(key)) ?? "") as StoredRecord;
    return [key.slice(-32), record] as const;
  });
  return new Map(await Promise.all(entries));
}

/** The invariants of docs/layout.md, whatever was going on; resolves to how many operations were begun and how many cut short. */
async function expectWhole(): Promise<{ readonly begun: number; readonly cutShort: number }> {
  const log = readLog();
  const sessions = await stored();
  const idsOf = new Map<string, string[]>();
  for (const [id, { d }] of sessions) idsOf.set(d.chain, [...(idsOf.get(d.chain) ?? []), id]);
  const last = new Map(log.map((line) => [line.chain, line]));
  for (const { chain, user, op, phase, id } of last.values()) {
    const ids = idsOf.get(chain) ?? [];
    // No rotation and no login left two.
    expect(ids.length).toBeLessThanOrEqual(1);
    // No user has a session that was revoked, and what was acknowledged is there.
    if (phase === "done") expect(ids).toEqual(op === "revoke" ? [] : [id]);
    // Every session is listed by its user, and none else.
    const owned = ids.filter((owner) => sessions.get(owner)?.u === user);
    expect((await store.listUser(user)).map((session) => session.id)).toEqual(owned);
  }
  for (const [id, { u }] of sessions) {
    const shard = id.slice(0, 2);
    expect(await redis.client.exists(`sc:{${shard}}:gone:${id}`)).toBe(0);
    expect(await redis.client.zscore(`sc:{${shard}}:live`, id)).not.toBeNull();
    if (u !== undefined) expect(await redis.client.zscore(`sc:{${shard}}:user:${u}`, id)).not.toBeNull();
  }
  // No index entry survives a sweep without its session: some end by themselves meanwhile, as idle ones do.
  const idle = [...sessions.keys()].slice(0, 20);
  for (const id of idle) await redis.client.del(`sc:{${id.slice(0, 2)}}:session:${id}`);
  for (const id of idle) sessions.delete(id);
  await store.sweep();
  const indexes = [...(await redis.client.keys("sc:*:live")), ...(await redis.client.keys("sc:*:user:*"))];
  for (const index of indexes) {
    for (const id of await redis.client.zrange(index, "0", "-1")) expect(sessions.has(id)).toBe(true);
  }
  expect(await store.sweep()).toBe(0);
  return count(log);
}

/** How many operations were begun, and how many of them cut short. */
function count(log: readonly Line[]): { readonly begun: number; readonly cutShort: number } {
  const begun = log.filter(({ phase }) => phase === "begun").length;
  return { begun, cutShort: begun - log.filter(({ phase }) => phase === "done").length };
}

it("clients killed in the middle of 500 operations leave everything whole", { timeout: 120_000 }, async () => {
  const lane = async () => {
    while (count(readLog()).cutShort <= 500) {
      const { kill } = await startWorker(16);
      await wait(Math.random() * 60);
      await kill();
    }
  };
  await Promise.all([lane(), lane()]);
  const { begun, cutShort } = await expectWhole();
  expect(begun).toBeGreaterThan(500);
  expect(cutShort).toBeGreaterThan(500);
});

it("a Redis killed and restarted with its log loses nothing that was acknowledged", { timeout: 120_000 }, async () => {
  const workers = await Promise.all([startWorker(8), startWorker(8)]);
  for (let n = 0; n < 8; n++) {
    await wait(100 + Math.random() * 200);
    await redis.crash();
  }
  await wait(300);
  await Promise.all(workers.map(({ kill }) => kill()));
  const { begun, cutShort } = await expectWhole();
  expect(begun).toBeGreaterThan(500);
  expect(cutShort).toBeGreaterThan(50);
});
