import { checkedUser, clientOf, encodeData } from "../core/input.js";
import { IssuedSession } from "../core/issued.js";
import { lapse } from "../core/lifetime.js";
import type {
  Accepted,
  CreateOptions,
  Issued,
  Refusal,
  RevokeUserOptions,
  RotateOptions,
  SessionStore,
} from "../core/ports.js";
import {
  type Client,
  type Session,
  type SessionData,
  type SessionRecord,
  toSession,
  withSighting,
} from "../core/session.js";
import type { StoreSettings } from "../core/settings.js";
import { type EndReason, refusalAfter } from "../core/tombstone.js";
import { idOfToken, isToken, newToken, randomShard, type SessionId, shardOfUser } from "../core/token.js";
import { begun, checkRotation, rotated } from "../core/transitions.js";

interface Entry {
  record: SessionRecord;
  idleEndsAt: number;
}

/** A session's list of clients grows at most once in so many ms, as on Redis. */
const sightingEveryMs = 1000;
/** Sessions and tombstones that are over are removed at most so often. */
const sweepEveryMs = 60_000;

const unknown: Refusal = { ok: false, reason: "unknown" };

/**
 * Sessions in the memory of one process, lost with it: for tests of applications and for single-instance use.
 * Behaves as the store on Redis does; the contract suite and the model test hold both to it.
 */
export class MemorySessionStore implements SessionStore {
  readonly #settings: StoreSettings;
  readonly #sessions = new Map<SessionId, Entry>();
  readonly #tombstones = new Map<SessionId, { readonly ended: EndReason; readonly until: number }>();
  readonly #users = new Map<string, Set<SessionId>>();
  #sweptAt = -Infinity;

  constructor(settings: StoreSettings) {
    this.#settings = settings;
  }

  // The bodies are synchronous, and therefore atomic; async functions turn their throws into rejections.

  async create(options: CreateOptions = {}): Promise<Issued> {
    const data = JSON.parse(encodeData(options.data ?? {}, this.#settings.maxDataBytes)) as SessionData;
    this.#sweep();
    return this.#write(begun(options, data, this.#settings, this.#settings.clock()));
  }

  async validate(token: string, client?: Partial<Client>): Promise<Accepted | Refusal> {
    const now = this.#settings.clock();
    const found = this.#valid(token, now);
    if (!found.ok) return found;
    const { id, entry } = found;
    entry.idleEndsAt = now + entry.record.idleMs;
    const last = entry.record.sightings.at(-1);
    if (client !== undefined && last !== undefined && now - last.at >= sightingEveryMs) {
      entry.record = withSighting(entry.record, clientOf(client), now);
    }
    return { ok: true, session: session(id, entry) };
  }

  async update(token: string, change: (data: SessionData) => SessionData): Promise<Accepted | Refusal> {
    const found = this.#valid(token, this.#settings.clock());
    if (!found.ok) return found;
    const { id, entry } = found;
    const data = encodeData(change(structuredClone(entry.record.data)), this.#settings.maxDataBytes);
    entry.record = { ...entry.record, data: JSON.parse(data) as SessionData };
    return { ok: true, session: session(id, entry) };
  }

  async rotate(token: string, options: RotateOptions = {}): Promise<Issued | Refusal> {
    checkRotation(options, this.#settings);
    const now = this.#settings.clock();
    const found = this.#valid(token, now);
    if (!found.ok) return found;
    this.#end(found.id, "rotated");
    return this.#write(rotated(found.entry.record, options, this.#settings, now));
  }

  async destroy(token: string): Promise<boolean> {
    return isToken(token) && this.#end(idOfToken(token), "logout");
  }

  async listUser(user: string): Promise<readonly Session[]> {
    const now = this.#settings.clock();
    return this.#idsOf(checkedUser(user))
      .flatMap((id) => {
        const entry = this.#sessions.get(id);
        return entry === undefined || lapse(entry.record, entry.idleEndsAt, 0, now) ? [] : [session(id, entry)];
      })
      .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
  }

  async revokeUser(user: string, options: RevokeUserOptions = {}): Promise<number> {
    const ids = this.#idsOf(checkedUser(user)).filter((id) => id !== options.except);
    return ids.filter((id) => this.#end(id, "revoked")).length;
  }

  async close(): Promise<void> {
    this.#sessions.clear();
    this.#users.clear();
    this.#tombstones.clear();
  }

  #write(record: SessionRecord): Issued {
    const { random } = this.#settings;
    const token = newToken(record.user === undefined ? randomShard(random) : shardOfUser(record.user), random);
    const id = idOfToken(token);
    const entry: Entry = { record, idleEndsAt: record.rotatedAt + record.idleMs };
    this.#sessions.set(id, entry);
    if (record.user !== undefined) {
      this.#users.set(record.user, (this.#users.get(record.user) ?? new Set<SessionId>()).add(id));
    }
    return new IssuedSession(token, session(id, entry));
  }

  #valid(token: string, now: number): { readonly ok: true; readonly id: SessionId; readonly entry: Entry } | Refusal {
    if (!isToken(token)) return unknown;
    const id = idOfToken(token);
    const entry = this.#sessions.get(id);
    if (entry === undefined) {
      const tombstone = this.#tombstones.get(id);
      return refusalAfter(tombstone !== undefined && tombstone.until > now ? tombstone.ended : undefined);
    }
    const reason = lapse(entry.record, entry.idleEndsAt, 0, now);
    if (reason === undefined) return { ok: true, id, entry };
    this.#end(id, "expired");
    return { ok: false, reason };
  }

  #idsOf(user: string): SessionId[] {
    return [...(this.#users.get(user) ?? [])];
  }

  #end(id: SessionId, ended: EndReason): boolean {
    const { clock, tombstoneMs } = this.#settings;
    if (!this.#remove(id)) return false;
    this.#tombstones.set(id, { ended, until: clock() + tombstoneMs });
    return true;
  }

  #remove(id: SessionId): boolean {
    const user = this.#sessions.get(id)?.record.user;
    const ids = user === undefined ? undefined : this.#users.get(user);
    ids?.delete(id);
    if (user !== undefined && ids?.size === 0) this.#users.delete(user);
    return this.#sessions.delete(id);
  }

  #sweep(): void {
    const now = this.#settings.clock();
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    for (const [id, { record, idleEndsAt }] of this.#sessions) {
      if (lapse(record, idleEndsAt, 0, now) !== undefined) this.#remove(id);
    }
    for (const [id, { until }] of this.#tombstones) if (until <= now) this.#tombstones.delete(id);
  }
}

function session(id: SessionId, { record, idleEndsAt }: Entry): Session {
  return toSession(id, { ...record, data: structuredClone(record.data) }, idleEndsAt - record.idleMs);
}
