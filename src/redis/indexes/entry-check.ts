import { SessctlError } from "../../core/errors.js";
import type { IndexCounts } from "../../core/indexes.js";
import { isSessionId, type SessionId, type Shard, shardOfId, shardOfUser } from "../../core/token.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";
import type { Found } from "../reader.js";
import { isCorrupt } from "../record.js";
import type { Tally } from "./tally.js";

/** Entries asked for at once. */
const count = 500;

/** Entries of one index that mean nothing. */
export interface DeadEntries {
  readonly index: string;
  /** Entries that were ids of sessions, which are gone. */
  readonly gone: readonly SessionId[];
  /** Entries that never were of this index. */
  readonly alien: readonly string[];
}

/** Compares index entries with sessions. Changes nothing. */
export class EntryCheck {
  readonly #context: Context;
  readonly #tally: Tally;

  constructor(context: Context, tally: Tally) {
    this.#context = context;
    this.#tally = tally;
  }

  /** The dead entries of an index of a shard, in batches. */
  async *ofShard(kind: "live" | "flagged", shard: Shard): AsyncGenerator<DeadEntries> {
    const index = this.#context.keys[kind](shard);
    for (let cursor: string | undefined = "0"; cursor !== undefined;) {
      const reply = await this.#ask(index, ["ZSCAN", index, cursor, "COUNT", count]);
      const [next, pairs] = Array.isArray(reply) ? reply : ["0", []];
      const names = namesOf(pairs ?? []);
      yield await this.#sort(index, names, shard, kind === "live" ? "deadLive" : "deadFlagged");
      cursor = next === "0" ? undefined : String(next);
    }
  }

  /** The dead among a few entries, taken by chance, of an index of every shard. */
  async sample(kind: "live" | "flagged", shards: readonly Shard[], each: number): Promise<void> {
    const { commands, keys } = this.#context;
    const replies = await commands.many(shards.map((shard) => ["ZRANDMEMBER", keys[kind](shard), each]));
    for (const [n, shard] of shards.entries()) {
      const reply = this.#orNothing(keys[kind](shard), replies[n] ?? null);
      const names = Array.isArray(reply) ? reply.map(String) : [];
      await this.#sort(keys[kind](shard), names, shard, kind === "live" ? "deadLive" : "deadFlagged");
    }
  }

  /** The dead entries of a user's index, and a session of it when the index itself ends before its last one or never. */
  async ofUser(user: string): Promise<DeadEntries & { readonly unending: Found | undefined }> {
    const { commands, keys, reader } = this.#context;
    const index = keys.user(user);
    const names = namesOf(await this.#ask(index, ["ZRANGE", index, 0, -1, "WITHSCORES"]));
    const dead = await this.#sort(index, names, shardOfUser(user), "deadUser");
    const isDead = new Set([...dead.gone, ...dead.alien]);
    const living = names.filter((name) => !isDead.has(name));
    const found = await reader.all(living);
    const others = found.filter(({ record }) => !isCorrupt(record) && record.user !== user).map(({ id }) => id);
    this.#tally.add("deadUser", others.length);
    const own = found.filter(({ record }) => !isCorrupt(record) && record.user === user);
    const last = Math.max(...own.map(({ record }) => (isCorrupt(record) ? 0 : record.endsAt)));
    const expires = own.length === 0 ? last : Number(await commands.run(["PEXPIRETIME", index]));
    const unending = expires === -1 || expires < last ? own[0] : undefined;
    if (unending !== undefined) this.#tally.add("wrongScores");
    return { ...dead, alien: [...dead.alien, ...others], unending };
  }

  async #sort(index: string, names: readonly string[], shard: Shard, dead: keyof IndexCounts): Promise<DeadEntries> {
    const { commands, keys } = this.#context;
    const isOwn = (name: string) => isSessionId(name) && shardOfId(name) === shard;
    const alien = names.filter((name) => !isOwn(name));
    const ids = names.filter(isOwn);
    const replies = await commands.all(ids.map((id) => ["EXISTS", keys.session(id)]));
    const gone = ids.filter((_, n) => replies[n] === 0);
    this.#tally.add("entries", names.length);
    this.#tally.add(dead, alien.length + gone.length);
    return { index, gone, alien };
  }

  async #ask(index: string, command: Parameters<Context["commands"]["run"]>[0]): Promise<Reply> {
    const [reply = null] = await this.#context.commands.many([command]);
    return this.#orNothing(index, reply);
  }

  /** A reply, or none from an index that is no sorted set. */
  #orNothing(index: string, reply: Reply | Error): Reply {
    if (!(reply instanceof Error)) return reply;
    if (!(reply instanceof SessctlError) || reply.code !== "wrong-type") throw reply;
    this.#tally.key("wrongTypes", index);
    return null;
  }
}

/** The members of a reply with scores: RESP2 answers flat, RESP3 in pairs. */
function namesOf(reply: Reply): readonly string[] {
  const flat = Array.isArray(reply) ? reply.flat() : [];
  return flat.filter((_, n) => n % 2 === 0).map(String);
}
