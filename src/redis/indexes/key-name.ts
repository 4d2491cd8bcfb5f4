import { isSessionId, type SessionId, shardOfId } from "../../core/token.js";
import type { Keys } from "../keys.js";

/** What a key under a namespace is, by its name. `stray`: nobody looks for it. */
export type KeyName =
  | { readonly is: "session"; readonly id: SessionId }
  | { readonly is: "user"; readonly user: string }
  | { readonly is: "other" }
  | { readonly is: "stray" };

/** Reads the name of a key that begins as the namespace's do. */
export function keyName(key: string, keys: Keys): KeyName {
  const match = /^\{([^}]*)\}:(?:(session|user|gone):)?([\s\S]*)$/.exec(key.slice(keys.namespace.length + 1));
  const [, shard = "", kind, name = ""] = match ?? [];
  if (match === null) return { is: "stray" };
  switch (kind) {
    case "session":
      return isSessionId(name) && shardOfId(name) === shard ? { is: "session", id: name } : { is: "stray" };
    case "user":
      return keys.user(name) === key ? { is: "user", user: name } : { is: "stray" };
    case "gone":
      return isSessionId(name) && shardOfId(name) === shard ? { is: "other" } : { is: "stray" };
    default: {
      if (key === keys.trail) return { is: "other" };
      const isOfShard = /^[0-9a-f]{2}$/.test(shard) && ["live", "flagged", "events", "cutoff"].includes(name);
      return isOfShard ? { is: "other" } : { is: "stray" };
    }
  }
}
