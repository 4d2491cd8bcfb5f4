import { SessctlError } from "../../core/errors.js";
import type { IndexCounts } from "../../core/indexes.js";
import { isSessionId, type SessionId, type Shard, shardOfId, shardOfUser } from "../../core/token.js";
import { chunks, commandGroups } from "../batches.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";
import type { Found } from "../reader.js";
import { isCorrupt } from "../record.js";
import { readUserIndexesScript } from "../scripts/read-user-indexes.js";
import type { Tally } from "./tally.js";

/** Entries asked for at once of one index. */
const count = 1000;
/** Shards read side by side: enough that a walk over indexes takes few round trips. */
const together = 16;

/** Entries of one index that mean nothing. */
export interface DeadEntries {
  readonly index: string;
  /** Entries that were ids of sessions, which are gone. */
  readonly gone: readonly SessionId[];
  /** Entries that never were of this index. */
  readonly alien: readonly string[];
}

/** Some entries of an index. */
interface Entries {
  readonly index: string;
  readonly shard: Shard;
  readonly names: readonly string[];
}

/** Compares index entries with sessions. Changes nothing. */
export class EntryCheck {
  readonly #context: Context;
  readonly #tally: Tally;

  constructor(context: Context, tally: Tally) {
    this.#context = context;
    this.#tally = tally;
  }

  /** The dead entries of an index of every shard, in batches. */
  async *ofShards(kind: "live" | "flagged", shards: readonly Shard[]): AsyncGenerator<readonly DeadEntries[]> {
    const { commands, keys } = this.#context;
    for (const group of chunks(shards, together)) {
      let open = group.map((shard) => ({ shard, index: keys[kind](shard), cursor: "0" }));
      while (open.length > 0) {
        const replies = await commands.many(open.map(({ index, cursor }) => ["ZSCAN", index, cursor, "COUNT", count]));
        const pages = open.map(({ shard, index }, n) => {
          const reply = this.#orNothing(index, replies[n] ?? null);
          const [next, pairs = []] = Array.isArray(reply) ? reply : ["0"];
          return { shard, index, cursor: String(next), names: namesOf(pairs) };
        });
        yield await this.#dead(pages, kind === "live" ? "deadLive" : "deadFlagged");
        open = pages.filter(({ cursor }) => cursor !== "0");
      }
    }
  }

  /** The dead among a few entries, taken by chance, of an index of every shard. */
  async sample(kind: "live" | "flagged", shards: readonly Shard[], each: number): Promise<void> {
    const { commands, keys } = this.#context;
    const replies = await commands.many(shards.map((shard) => ["ZRANDMEMBER", keys[kind](shard), each]));
    const entries = shards.map((shard, n): Entries => {
      const reply = this.#orNothing(keys[kind](shard), replies[n] ?? null);
      return { index: keys[kind](shard), shard, names: Array.isArray(reply) ? reply.map(String) : [] };
    });
    await this.#dead(entries, kind === "live" ? "deadLive" : "deadFlagged");
  }

  /** The dead entries of users' indexes, and a session of each index that itself ends before its last one or never. */
  async ofUsers(users: readonly string[]): Promise<{
    readonly dead: readonly DeadEntries[];
    readonly unending: readonly Found[];
  }> {
    const { commands, keys, reader, scripts } = this.#context;
    const groups = commandGroups(users, shardOfUser, commands.acrossShards);
    const batches = groups.flatMap((group) => chunks(group, count));
    const replies = await scripts.each(
      readUserIndexesScript,
      batches.map((batch) => ({ users: batch })),
    );
    const read = batches.flatMap((batch, n) => {
      const reply = replies[n] ?? [];
      if (reply instanceof Error) throw reply;
      return batch.map((user, m) => {
        const index = keys.user(user);
        const { names, endsAt = 0 } = reply[m] ?? {};
        if (names === undefined) this.#tally.key("wrongTypes", index);
        return { user, index, shard: shardOfUser(user), names: names ?? [], ends: endsAt };
      });
    });
    const stored = await reader.all(read.flatMap((entries) => ownIds(entries)));
    const byId = new Map(stored.map((found) => [found.id, found]));
    const unending: Found[] = [];
    const dead = read.map(({ user, ends, ...entries }): DeadEntries => {
      const ids = ownIds(entries);
      const gone = ids.filter((id) => !byId.has(id));
      const found = ids.flatMap((id) => byId.get(id) ?? []);
      const others = found.filter(({ record }) => !isCorrupt(record) && record.user !== user).map(({ id }) => id);
      const own = found.filter(({ record }) => !isCorrupt(record) && record.user === user);
      const last = Math.max(...own.map(({ record }) => (isCorrupt(record) ? 0 : record.endsAt)));
      const [one] = own;
      if (one !== undefined && (ends === Infinity || ends < last)) unending.push(one);
      const alien = alienNames(entries).concat(others);
      this.#tally.add("entries", entries.names.length);
      this.#tally.add("deadUser", gone.length + alien.length);
      return { index: entries.index, gone, alien };
    });
    this.#tally.add("wrongScores", unending.length);
    return { dead: dead.filter(({ gone, alien }) => gone.length + alien.length > 0), unending };
  }

  async #dead(entries: readonly Entries[], what: keyof IndexCounts): Promise<readonly DeadEntries[]> {
    const { commands, keys } = this.#context;
    // Where as many are there as were asked for, which is as good as always, none has to be asked for by itself.
    const asked = entries.flatMap((one) => chunks(ownIds(one), count));
    const counts = await commands.all(asked.map((ids) => ["EXISTS", ...ids.map((id) => keys.session(id))]));
    const doubtful = asked.filter((ids, n) => counts[n] !== ids.length).flat();
    const replies = await commands.all(doubtful.map((id) => ["EXISTS", keys.session(id)]));
    const isGone = new Set(doubtful.filter((_, n) => replies[n] === 0));
    return entries.flatMap((one) => {
      const alien = alienNames(one);
      const gone = ownIds(one).filter((id) => isGone.has(id));
      this.#tally.add("entries", one.names.length);
      this.#tally.add(what, alien.length + gone.length);
      return alien.length + gone.length === 0 ? [] : [{ index: one.index, gone, alien }];
    });
  }

  /** A reply, or none from an index that is no sorted set. */
  #orNothing(index: string, reply: Reply | Error): Reply {
    if (!(reply instanceof Error)) return reply;
    if (!(reply instanceof SessctlError) || reply.code !== "wrong-type") throw reply;
    this.#tally.key("wrongTypes", index);
    return null;
  }
}

/** The entries that may be ids of the index's shard. */
function ownIds({ shard, names }: Pick<Entries, "shard" | "names">): readonly SessionId[] {
  return names.filter((name) => isSessionId(name) && shardOfId(name) === shard);
}

function alienNames({ shard, names }: Pick<Entries, "shard" | "names">): readonly string[] {
  return names.filter((name) => !isSessionId(name) || shardOfId(name) !== shard);
}

/** The members of a reply with scores: RESP2 answers flat, RESP3 in pairs. */
function namesOf(reply: Reply): readonly string[] {
  const flat = Array.isArray(reply) ? reply.flat() : [];
  return flat.filter((_, n) => n % 2 === 0).map(String);
}
