import { shards } from "../core/token.js";
import type { Commands } from "./commands.js";
import type { Keys } from "./keys.js";

/** Keys taken at random. */
const taken = 32;

/** What a first glance at a Redis tells. */
export interface Glance {
  /** Sessions of the namespace are there. */
  readonly native: boolean;
  /** A few keys at random were all of the namespace. */
  readonly alone: boolean;
}

/** Looks whether sessions of the namespace are in a Redis, and whether other things are, in one round trip. */
export async function glance(commands: Commands, keys: Keys): Promise<Glance> {
  const live = shards.map((shard) => keys.live(shard));
  const exists = commands.acrossShards ? [["EXISTS", ...live] as const] : live.map((key) => ["EXISTS", key] as const);
  const replies = await commands.all([...exists, ...Array.from({ length: taken }, () => ["RANDOMKEY"] as const)]);
  const random = replies.slice(exists.length).filter((name) => name !== null);
  return {
    native: replies.slice(0, exists.length).some((count) => Number(count) > 0),
    alone: random.every((name) => String(name).startsWith(`${keys.namespace}:{`)),
  };
}
