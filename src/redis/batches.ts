import { type SessionId, type Shard, shardOfId } from "../core/token.js";

/** Cuts a list into pieces of at most `length`. */
export function chunks<T>(list: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, n) => list.slice(n * length, (n + 1) * length));
}

/** The parts of a list that share a shard; `idOf` gives an id on it, or the shard itself. */
export function byShard<T>(list: readonly T[], idOf: (entry: T) => SessionId): ReadonlyMap<Shard, T[]> {
  const groups = new Map<Shard, T[]>();
  for (const entry of list) {
    const shard = shardOfId(idOf(entry));
    const group = groups.get(shard);
    if (group === undefined) groups.set(shard, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** The parts of a list that may each travel in one command: everything together on one server, shard by shard in a cluster. */
export function commandGroups<T>(list: readonly T[], idOf: (entry: T) => SessionId, acrossShards: boolean): T[][] {
  return acrossShards ? [[...list]] : [...byShard(list, idOf).values()];
}
