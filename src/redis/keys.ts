import { checkedNamespace } from "../core/input.js";
import { type SessionId, type Shard, shardOfId, shardOfUser } from "../core/token.js";

/** Every key name of a namespace. A shard's keys carry it as their cluster hash tag, so that they share a slot. */
export interface Keys {
  readonly namespace: string;
  /** String: the record. */
  readonly session: (id: SessionId) => string;
  /** Sorted set: session id → absolute deadline (ms). */
  readonly user: (user: string) => string;
  /** Glob pattern of all users' keys. */
  readonly anyUser: string;
  /** Sorted set: session id → last seen (ms, coarse). */
  readonly live: (shard: Shard) => string;
  /** Sorted set: session id → latest client switch (ms). */
  readonly flagged: (shard: Shard) => string;
  /** String: the tombstone. */
  readonly gone: (id: SessionId) => string;
  /** Stream: what happened to the shard's sessions. */
  readonly events: (shard: Shard) => string;
  /** String: sessions created before this instant (ms) are revoked. */
  readonly cutoff: (shard: Shard) => string;
  /** Stream: what operators did. */
  readonly trail: string;
}

/** The key names of a namespace; `invalid-argument` for a name that would not be safe inside a key or a pattern. */
export function keysOf(namespace: string): Keys {
  checkedNamespace(namespace);
  const key = (shard: Shard, name: string) => `${namespace}:{${shard}}:${name}`;
  return {
    namespace,
    session: (id) => key(shardOfId(id), `session:${id}`),
    user: (user) => key(shardOfUser(user), `user:${user}`),
    anyUser: `${namespace}:{[0-9a-f][0-9a-f]}:user:*`,
    live: (shard) => key(shard, "live"),
    flagged: (shard) => key(shard, "flagged"),
    gone: (id) => key(shardOfId(id), `gone:${id}`),
    events: (shard) => key(shard, "events"),
    cutoff: (shard) => key(shard, "cutoff"),
    trail: `${namespace}:{trail}:trail`,
  };
}
