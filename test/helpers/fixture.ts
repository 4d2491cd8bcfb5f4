import type { Redis } from "ioredis";

/** Text, or bytes that are none. */
export type FixtureText = string | { readonly base64: string };

/** A key of a fixture: its name, its TTL in ms (null for none), and what it holds. */
export interface FixtureKey {
  readonly key: FixtureText;
  readonly ttlMs: number | null;
  readonly string?: FixtureText;
  readonly hash?: Readonly<Record<string, FixtureText>>;
  readonly set?: readonly FixtureText[];
  /** Pairs of member and score. */
  readonly zset?: readonly (readonly (FixtureText | number)[])[];
}

/** What a real writer left in a Redis; made anew by `scripts/fixtures/<name>.mjs`. */
export interface Fixture {
  /** Versions of what wrote it. */
  readonly writtenBy: Readonly<Record<string, string>>;
  /** When the TTLs were as they are told, ms since 1970. */
  readonly writtenAt: number;
  readonly keys: readonly FixtureKey[];
}

/** The bytes of a fixture's text. */
export function bytesOf(text: FixtureText): Buffer {
  return typeof text === "string" ? Buffer.from(text) : Buffer.from(text.base64, "base64");
}

/** Puts keys into a Redis as they were; their ends count from `at` (ms since 1970). */
export async function putKeys(client: Redis, keys: readonly FixtureKey[], at: number): Promise<void> {
  for (const { key, ttlMs, string, hash, set, zset } of keys) {
    const name = bytesOf(key);
    if (string !== undefined) await client.set(name, bytesOf(string));
    for (const [field, value] of Object.entries(hash ?? {})) await client.hset(name, field, bytesOf(value));
    for (const member of set ?? []) await client.sadd(name, bytesOf(member));
    for (const [member = "", score = 0] of zset ?? []) {
      await client.zadd(name, Number(score), bytesOf(member as FixtureText));
    }
    if (ttlMs !== null) await client.pexpireat(name, at + ttlMs);
  }
}

/** The names of all keys, as text. */
export async function keyNames(client: Redis): Promise<string[]> {
  return (await client.keys("*")).toSorted();
}

/** All keys and what they hold, as text to look for something in. */
export async function contentOf(client: Redis): Promise<string> {
  const parts: unknown[] = [];
  for (const name of await keyNames(client)) {
    const type = await client.type(name);
    if (type === "string") parts.push(name, await client.get(name));
    else if (type === "hash") parts.push(name, await client.hgetall(name));
    else if (type === "set") parts.push(name, await client.smembers(name));
    else if (type === "zset") parts.push(name, await client.zrange(name, "0", "-1"));
    else throw new Error(`a key of type ${type}`);
  }
  return JSON.stringify(parts);
}
