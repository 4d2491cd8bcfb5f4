import type { SessionId, Shard } from "../../core/token.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";

/** Most shards read side by side: enough that a small namespace takes few round trips. */
const mostTogether = 16;
/** About as many entries are held at once: more only wait in memory for their turn. */
const held = 2000;

/** Most entries of a shard read at once, in about a millisecond of Redis's time; a namespace of 2.5 million has as many. */
const atOnce = 10_000;
/** Entries asked of a larger shard at a time. */
const count = 1000;

/** Which ids to walk over. */
export interface IdWalk {
  readonly shards: readonly Shard[];
  readonly index: "live" | "flagged";
  /** Glob pattern; default: all. */
  readonly match?: string;
}

/**
 * The ids in an index of these shards, each once, in batches, one shard after the other. What comes next is asked for
 * before a batch is handed on, so that Redis works meanwhile.
 */
export async function* walkIds(
  context: Context,
  { shards, index, match }: IdWalk,
): AsyncIterable<readonly SessionId[]> {
  const { commands, keys } = context;
  // In one piece a shard costs Redis a fifth of what a scan of it does; the beginnings of several shards travel together.
  const beginnings = async (group: readonly Shard[]): Promise<readonly (readonly SessionId[])[]> => {
    const ranges = group.map((shard) => ["ZRANGE", keys[index](shard), 0, atOnce] as const);
    return match === undefined ? ((await commands.all(ranges)) as string[][]) : group.map(() => []);
  };
  let group = shards.slice(0, mostTogether);
  let reading = begun(beginnings(group));
  for (let from = group.length; group.length > 0;) {
    const [all, own] = [await reading, group];
    group = shards.slice(from, from + groupLength(all));
    from += group.length;
    if (group.length > 0) reading = begun(beginnings(group));
    for (const [n, shard] of own.entries()) {
      const ids = all[n] ?? [];
      if (match !== undefined || ids.length > atOnce) yield* scanned(context, keys[index](shard), match);
      else if (ids.length > 0) yield ids;
    }
  }
}

/** The ids in one index by and by. */
async function* scanned({ commands }: Context, key: string, match = "*"): AsyncIterable<readonly SessionId[]> {
  const scan = async (from: string) =>
    (await commands.run(["ZSCAN", key, from, "MATCH", match, "COUNT", count])) as [cursor: string, entries: Reply[]];
  // An index that is resized while it is scanned may tell the same entry twice.
  const seen = new Set<SessionId>();
  for (let reading: Promise<[string, Reply[]]> | undefined = scan("0"); reading !== undefined;) {
    const [cursor, entries]: [string, Reply[]] = await reading;
    reading = cursor === "0" ? undefined : begun(scan(cursor));
    const fresh = idsIn(entries).filter((id) => !seen.has(id));
    if (fresh.length > 0) yield fresh;
    for (const id of fresh) seen.add(id);
  }
}

/** How many shards to read side by side next, by how much the last ones held. */
function groupLength(last: readonly (readonly SessionId[])[]): number {
  const entries = last.reduce((sum, { length }) => sum + length, 0);
  return Math.min(mostTogether, Math.max(1, Math.floor((held * last.length) / Math.max(1, entries))));
}

/** A promise whose failure is told to who waits for it, and to nobody when the walk ends before. */
function begun<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/** RESP2 and RESP3 alike answer with ids and scores in turn. */
function idsIn(entries: readonly Reply[]): readonly SessionId[] {
  const ids: SessionId[] = [];
  for (let n = 0; n < entries.length; n += 2) ids.push(String(entries[n]));
  return ids;
}
