import type { SessionEvent } from "../../core/event.js";
import type { SessionRecord } from "../../core/session.js";
import { type SessionId, type Shard, shardOfId } from "../../core/token.js";
import type { Context } from "../context.js";
import { decodeEvent } from "../events.js";

/** Shards whose events are remembered: a walk meets sessions of all of them in turns. */
const shardsKept = 256;

/**
 * Tells which sessions the applications found to have switched clients, by the events that are still kept: what counts as
 * a switch is the applications' choice, and written down nowhere else.
 */
export class SwitchEvents {
  readonly #context: Context;
  readonly #byShard = new Map<Shard, Promise<ReadonlySet<string>>>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** When a session last switched, ms since 1970; `undefined` when no event says that it did. */
  async latestOf(id: SessionId, { user, sightings }: SessionRecord): Promise<number | undefined> {
    if (sightings.length < 2) return undefined;
    const events = await this.#ofShard(shardOfId(id));
    // By the sighting and not by the id: a rotation takes the sightings along, and the event has the id before it.
    return sightings.findLast((sighting) => events.has(nameOf({ user, ...sighting })))?.at;
  }

  #ofShard(shard: Shard): Promise<ReadonlySet<string>> {
    const known = this.#byShard.get(shard);
    if (known !== undefined) return known;
    if (this.#byShard.size >= shardsKept) this.#byShard.clear();
    const read = this.#read(shard);
    this.#byShard.set(shard, read);
    return read;
  }

  async #read(shard: Shard): Promise<ReadonlySet<string>> {
    const { commands, keys } = this.#context;
    const entries = await commands.run(["XRANGE", keys.events(shard), "-", "+"]);
    const events = (Array.isArray(entries) ? entries : []).map(decodeEvent);
    return new Set(events.flatMap((event) => (event?.type === "switched" ? [nameOf(event)] : [])));
  }
}

function nameOf({ at, user, ip, userAgent }: Pick<SessionEvent, "at" | "user" | "ip" | "userAgent">): string {
  return JSON.stringify([at, user, ip, userAgent]);
}
