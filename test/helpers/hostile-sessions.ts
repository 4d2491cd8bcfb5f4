import { createHash } from "node:crypto";
import { createSessionStore } from "../../src/index.js";
import { hostileTexts } from "./hostile-texts.js";
import type { TestRedis } from "./redis.js";

/** A population of which every field says something hostile. */
export interface HostileSessions {
  /** The text that is in every field of a session, by the session's id. */
  readonly texts: ReadonlyMap<string, string>;
  /** Ids of records that cannot be decoded. */
  readonly corrupt: readonly string[];
}

/**
 * Writes sessions, records that cannot be decoded, keys that are none, events and tombstones with every hostile text in
 * every field, past all checks: as somebody could who writes to this Redis.
 */
export async function fillWithHostile(redis: TestRedis): Promise<HostileSessions> {
  const { client } = redis;
  const texts = new Map<string, string>();
  const corrupt: string[] = [];
  const sessions = createSessionStore({ redis: redis.url });
  for (const text of Object.values(hostileTexts)) {
    const { session } = await sessions.create({ user: "alice", level: "aal1", client: { ip: "192.0.2.1" } });
    const shard = session.id.slice(0, 2);
    texts.set(session.id, text);
    const key = `sc:{${shard}}:session:${session.id}`;
    const record = JSON.parse((await client.get(key)) ?? "") as Record<string, unknown>;
    const hostile = {
      ...record,
      u: text,
      l: text,
      s: [
        [0, text, text],
        [5, `${text}2`, text],
      ],
      d: { [text]: text, list: [text, { [text]: 1 }] },
    };
    await client.set(key, JSON.stringify(hostile), "KEEPTTL");
    corrupt.push(await addCorrupt(client, text));
    await client.set(`sc:{${shard}}:session:${text}`, text, "EX", 3600);
    await client.zadd(`sc:{${shard}}:live`, Date.now(), text);
    await addEvents(client, shard, session.id, text);
  }
  await sessions.close();
  return { texts, corrupt };
}

async function addCorrupt(client: TestRedis["client"], text: string): Promise<string> {
  const id = createHash("sha256").update(text).digest("hex").slice(0, 32);
  const shard = id.slice(0, 2);
  await client.set(`sc:{${shard}}:session:${id}`, text, "EX", 3600);
  await client.zadd(`sc:{${shard}}:live`, Date.now(), id);
  return id;
}

/** Events whose every text is the hostile one, and one that is no event at all. */
async function addEvents(client: TestRedis["client"], shard: string, id: string, text: string): Promise<void> {
  const key = `sc:{${shard}}:events`;
  const [entry] = await client.xrange(key, "-", "+", "COUNT", 1);
  const event = JSON.parse(entry?.[1][1] ?? "") as Record<string, unknown>;
  const told = { ...event, id, user: text, ip: text, ua: text, old: text, why: text, by: text };
  await client.xadd(key, "*", "e", JSON.stringify(told));
  await client.xadd(key, "*", "e", text);
  await client.set(`sc:{${shard}}:gone:${id}`, text, "EX", 3600);
}
