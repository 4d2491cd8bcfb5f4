import { SessctlError } from "../core/errors.js";
import { checkedUser } from "../core/input.js";
import type { SessionEvent } from "../core/event.js";
import { lastSeenAt } from "../core/lifetime.js";
import type {
  Capabilities,
  Change,
  DirectoryCounts,
  DirectorySession,
  EventMark,
  EventsRead,
  EventsWanted,
  Note,
  RecentEntry,
  ServerLoad,
  SessionDirectory,
} from "../core/ports.js";
import { isIdPrefix, isSessionId, type SessionId, shardOfId, shards } from "../core/token.js";
import { nativeCapabilities } from "../layouts/native.js";
import { ahead, inLots } from "./ahead.js";
import type { Context } from "./context.js";
import { readEvents, readEventsAfter } from "./operations/read-events.js";
import { expire } from "./operations/expire.js";
import { estimateUsers } from "./operations/estimate-users.js";
import { recentEntries } from "./operations/recent-entries.js";
import { revoke } from "./operations/revoke.js";
import { serverLoad } from "./operations/server-load.js";
import { walkIds } from "./operations/walk-ids.js";
import { type Found, whyOver } from "./reader.js";
import { isCorrupt } from "./record.js";
import { cutoffScript } from "./scripts/cutoff.js";

/** Sessions read and handed on at once by a walk. What is under way outlives collections of garbage, so it is kept small. */
const walkLength = 200;

/** Reads of a walk under way while what was read is looked at: Redis works meanwhile. */
const readAhead = 3;

/** The operator's view of the native layout. */
export class NativeDirectory implements SessionDirectory {
  readonly layout = "native";
  readonly capabilities: Capabilities = nativeCapabilities;
  readonly #context: Context;

  /** Where walks over all sessions read: mostly where all else goes. */
  readonly #reads: Context;

  constructor(context: Context, reads = context) {
    this.#context = context;
    this.#reads = reads;
  }

  async count(activeSince: readonly number[] = []): Promise<DirectoryCounts> {
    const { commands, keys } = this.#context;
    const replies = await commands.all(
      shards.flatMap((shard) => [
        ["ZCARD", keys.live(shard)] as const,
        ["ZCARD", keys.flagged(shard)] as const,
        ...activeSince.map((since) => ["ZCOUNT", keys.live(shard), since, "+inf"] as const),
      ]),
    );
    const perShard = activeSince.length + 2;
    const sums = Array.from({ length: perShard }, () => 0);
    for (const [n, reply] of replies.entries()) sums[n % perShard] = (sums[n % perShard] ?? 0) + Number(reply);
    const [sessions = 0, flagged = 0, ...active] = sums;
    return { sessions, flagged, activeSince: active };
  }

  async recent(limit: number): Promise<readonly DirectorySession[]> {
    // Entries of sessions that are gone stay in the index until they are swept: more are asked for until enough are alive.
    for (let asked = limit; ; asked *= 4) {
      const entries = await this.recentEntries(asked);
      const sessions = await this.get(entries.map(({ id }) => id));
      if (sessions.length >= limit || entries.length < asked) return byActivity(sessions).slice(0, limit);
    }
  }

  recentEntries(limit: number): Promise<readonly RecentEntry[]> {
    return recentEntries(this.#context, limit);
  }

  estimateUsers(): Promise<number> {
    return estimateUsers(this.#context);
  }

  async byUser(user: string): Promise<readonly DirectorySession[]> {
    const { commands, keys } = this.#context;
    const ids = await commands.run(["ZRANGE", keys.user(checkedUser(user)), 0, -1]);
    const sessions = await this.get(Array.isArray(ids) ? ids.map(String) : []);
    return byActivity(sessions.filter((session) => session.user === user || session.corrupt !== undefined));
  }

  async find(prefix: string, limit = 20): Promise<readonly SessionId[]> {
    if (!isIdPrefix(prefix))
      throw new SessctlError("invalid-argument", "an id is 32 hex characters, or the first of them");
    if (isSessionId(prefix)) return (await this.get([prefix])).map(({ id }) => id);
    const found: SessionId[] = [];
    for await (const ids of walkIds(this.#context, {
      shards: [shardOfId(prefix)],
      index: "live",
      match: `${prefix}*`,
    })) {
      found.push(...(await this.get(ids)).map(({ id }) => id));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }

  async get(ids: readonly SessionId[]): Promise<readonly DirectorySession[]> {
    return valid(this.#context, await this.#context.reader.all(ids));
  }

  async flaggedSince(since: number): Promise<readonly SessionId[]> {
    const { commands, keys } = this.#context;
    const replies = await commands.all(
      shards.map((shard) => ["ZRANGE", keys.flagged(shard), since, "+inf", "BYSCORE"] as const),
    );
    return replies.flatMap((ids) => (Array.isArray(ids) ? ids.map(String) : []));
  }

  async *walk(): AsyncIterable<readonly DirectorySession[]> {
    const batches = inLots(walkIds(this.#reads, { shards, index: "live" }), walkLength);
    const { reader } = this.#reads;
    for await (const fetched of ahead(batches, readAhead, (ids) => reader.fetch(ids))) {
      // Decoded when it is its turn: what waits is text, which costs the collector of garbage nothing.
      const sessions = valid(this.#reads, reader.decode(fetched));
      if (sessions.length > 0) yield sessions;
    }
  }

  revoke(ids: readonly SessionId[], note?: Note): Promise<readonly Change[]> {
    return revoke(this.#context, ids, note);
  }

  expire(ids: readonly SessionId[], endsAt: number): Promise<readonly Change[]> {
    return expire(this.#context, ids, endsAt);
  }

  async cutoff(before: number): Promise<void> {
    const outcomes = await this.#context.scripts.each(
      cutoffScript,
      shards.map((shard) => ({ shard, before })),
    );
    const failed = outcomes.find((outcome) => outcome instanceof Error);
    if (failed !== undefined) throw failed;
  }

  events({ since = 0, limit = 1000 } = {}): Promise<readonly SessionEvent[]> {
    return readEvents(this.#context, since, limit);
  }

  eventsAfter(mark?: EventMark, wanted?: EventsWanted): Promise<EventsRead> {
    return readEventsAfter(this.#context, mark, wanted);
  }

  load(): Promise<ServerLoad> {
    return serverLoad(this.#context.commands);
  }

  time(): Promise<number> {
    return this.#context.commands.time();
  }

  replicated(replicas: number, timeoutMs: number): Promise<number> {
    return this.#context.commands.replicated(replicas, timeoutMs);
  }

  close(): Promise<void> {
    this.#context.commands.close();
    if (this.#reads !== this.#context) this.#reads.commands.close();
    return Promise.resolve();
  }
}

/** The sessions found that are not over, as an operator sees them. */
function valid({ settings }: Context, all: readonly Found[]): readonly DirectorySession[] {
  const now = settings.clock();
  return all.flatMap((found) => (whyOver(found, now) === undefined ? [toDirectorySession(found)] : []));
}

function toDirectorySession({ id, stored, record, idleEndsAt }: Found): DirectorySession {
  const known = isCorrupt(record) ? undefined : record;
  return {
    id,
    layout: "native",
    corrupt: isCorrupt(record) ? record.corrupt : undefined,
    user: known?.user,
    level: known?.level,
    createdAt: known?.createdAt,
    authenticatedAt: known?.authenticatedAt,
    rotatedAt: known?.rotatedAt,
    lastSeenAt: known && lastSeenAt(known, idleEndsAt),
    idleEndsAt,
    endsAt: known?.endsAt,
    sightings: known?.sightings ?? [],
    data: known?.sealed === undefined ? known?.data : undefined,
    bytes: Buffer.byteLength(stored),
  };
}

function byActivity(sessions: readonly DirectorySession[]): readonly DirectorySession[] {
  return sessions.toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0));
}
