import { type ClientReader, judgeClient } from "../core/binding.js";
import { closedError, limitReached } from "../core/errors.js";
import { checkedExcept, checkedUser, clientOf, encodeData } from "../core/input.js";
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
import { type Client, type Session, type SessionData, type SessionRecord, toSession } from "../core/session.js";
import type { StoreSettings } from "../core/settings.js";
import { type EndReason, refusalAfter } from "../core/tombstone.js";
import { idOfToken, isToken, newToken, randomShard, type SessionId, shardOfUser } from "../core/token.js";
import { begun, checkRotation, rotated } from "../core/transitions.js";

interface Entry {
  record: SessionRecord;
  idleEndsAt: number;
}

/** Sessions and tombstones that are over are removed at most so often. */
const sweepEveryMs = 60_000;

const unknown: Refusal = { ok: false, reason: "unknown" };

/**
 * Sessions in the memory of one process, lost with it: for tests of applications and for single-instance use.
 * Behaves as the store on Redis does; the contract suite and the model test hold both to it.
 */
export class MemorySessionStore implements SessionStore {
  readonly #settings: StoreSettings;
  readonly #clients: ClientReader;
  readonly #sessions = new Map<SessionId, Entry>();
  readonly #tombstones = new Map<SessionId, { readonly ended: EndReason; readonly until: number }>();
  readonly #users = new Map<string, Set<SessionId>>();
  #sweptAt = -Infinity;
  #closed = false;

  constructor(settings: StoreSettings, clients: ClientReader) {
    this.#settings = settings;
    this.#clients = clients;
  }

  // The bodies are synchronous, and therefore atomic; async functions turn their throws into rejections.

  async create(options: CreateOptions = {}): Promise<Issued> {
    const data = JSON.parse(encodeData(options.data ?? {}, this.#settings.maxDataBytes)) as SessionData;
    const now = this.#now();
    this.#sweep(now);
    const record = begun(options, data, this.#settings, now);
    if (record.user !== undefined) this.#makeRoom(record.user, now);
    return this.#write(record);
  }

  async validate(token: string, client?: Partial<Client>): Promise<Accepted | Refusal> {
    const now = this.#now();
    const found = this.#valid(token, now);
    if (!found.ok) return found;
    const { id, entry } = found;
    if (client !== undefined) {
      const { binding } = this.#settings;
      const judged = judgeClient(entry.record, clientOf(client), now, binding, this.#clients);
      if (judged.verdict === "mismatch") {
        if (binding.onMismatch === "revoke") this.#end(id, "revoked");
        return { ok: false, reason: "mismatch" };
      }
      if (judged.verdict === "seen") entry.record = judged.record;
    }
    entry.idleEndsAt = now + entry.record.idleMs;
    return { ok: true, session: session(id, entry) };
  }

  async update(token: string, change: (data: SessionData) => SessionData): Promise<Accepted | Refusal> {
    const found = this.#valid(token, this.#now());
    if (!found.ok) return found;
    const { id, entry } = found;
    const data = encodeData(change(structuredClone(entry.record.data)), this.#settings.maxDataBytes);
    entry.record = { ...entry.record, data: JSON.parse(data) as SessionData };
    return { ok: true, session: session(id, entry) };
  }

  async rotate(token: string, options: RotateOptions = {}): Promise<Issued | Refusal> {
    checkRotation(options, this.#settings);
    const now = this.#now();
    const found = this.#valid(token, now);
    if (!found.ok) return found;
    const { user } = found.entry.record;
    if (options.user !== undefined && options.user !== user) this.#makeRoom(options.user, now);
    this.#end(found.id, "rotated");
    return this.#write(rotated(found.entry.record, options, this.#settings, now));
  }

  async destroy(token: string): Promise<boolean> {
    const found = this.#valid(token, this.#now());
    return found.ok && this.#end(found.id, "logout");
  }

  async listUser(user: string): Promise<readonly Session[]> {
    const now = this.#now();
    return this.#idsOf(checkedUser(user))
      .flatMap((id) => {
        const entry = this.#sessions.get(id);
        return entry === undefined || lapse(entry.record, entry.idleEndsAt, 0, now) ? [] : [session(id, entry)];
      })
      .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
  }

  async revokeUser(user: string, options: RevokeUserOptions = {}): Promise<number> {
    const except = checkedExcept(options.except);
    const ids = this.#idsOf(checkedUser(user)).filter((id) => id !== except);
    return ids.filter((id) => this.#end(id, "revoked")).length;
  }

  async sweep(): Promise<number> {
    const before = this.#sessions.size;
    this.#sweptAt = -Infinity;
    this.#sweep(this.#now());
    return before - this.#sessions.size;
  }

  async close(): Promise<void> {
    this.#closed = true;
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
    const { tombstoneMs } = this.#settings;
    if (!this.#remove(id)) return false;
    this.#tombstones.set(id, { ended, until: this.#now() + tombstoneMs });
    return true;
  }

  #remove(id: SessionId): boolean {
    const user = this.#sessions.get(id)?.record.user;
    const ids = user === undefined ? undefined : this.#users.get(user);
    ids?.delete(id);
    if (user !== undefined && ids?.size === 0) this.#users.delete(user);
    return this.#sessions.delete(id);
  }

  /** Ends a user's oldest sessions until one more is allowed, or throws `limit-reached`. */
  #makeRoom(user: string, now: number): void {
    const { maxPerUser, onLimit } = this.#settings;
    const living = this.#idsOf(user)
      .flatMap((id) => {
        const entry = this.#sessions.get(id);
        return entry === undefined || lapse(entry.record, entry.idleEndsAt, 0, now) ? [] : [{ id, entry }];
      })
      .toSorted((a, b) => a.entry.record.createdAt - b.entry.record.createdAt);
    const excess = living.length - maxPerUser + 1;
    if (excess > 0 && onLimit === "refuse") throw limitReached(maxPerUser);
    for (const { id } of living.slice(0, Math.max(0, excess))) this.#end(id, "limit");
  }

  #now(): number {
    if (this.#closed) throw closedError();
    return this.#settings.clock();
  }

  #sweep(now: number): void {
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
