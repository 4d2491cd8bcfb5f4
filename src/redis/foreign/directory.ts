import { SessctlError } from "../../core/errors.js";
import { checkedUser } from "../../core/input.js";
import type { SessionEvent } from "../../core/event.js";
import { IdStatistics } from "../../core/id-statistics.js";
import type {
  Capabilities,
  Change,
  Clock,
  DirectoryCounts,
  DirectorySession,
  EventsRead,
  RecentEntry,
  ServerLoad,
  SessionDirectory,
} from "../../core/ports.js";
import { isIdPrefix, type SessionId } from "../../core/token.js";
import type { AppliedLayout } from "../../layouts/session-of.js";
import type { Commands } from "../commands.js";
import { serverLoad } from "../operations/server-load.js";
import { expire, type Found, revoke } from "./change.js";
import { readSessions } from "./found.js";
import { walkKeys } from "./key-walk.js";
import type { Pace } from "../pace.js";
import { KnownKeys } from "./known-keys.js";

/** What a directory can be handed beside what it needs. */
export interface DirectoryParts {
  /** Milliseconds since 1970; default the system's clock. */
  readonly clock?: Clock | undefined;
  readonly pace?: Pace | undefined;
  /** Where walks and listings read, such as a replica; default: where changes go. */
  readonly reads?: Commands | undefined;
}

/** The operator's view of sessions that another framework keeps: any layout, by walking its keys. */
export class LayoutDirectory implements SessionDirectory {
  readonly layout: string;
  readonly capabilities: Capabilities;
  readonly #commands: Commands;
  readonly #applied: AppliedLayout;
  readonly #clock: Clock;
  readonly #known: KnownKeys;
  #statistics = new IdStatistics();

  readonly #pace: Pace;
  readonly #reads: Commands;

  constructor(
    commands: Commands,
    applied: AppliedLayout,
    { clock = Date.now, pace = {}, reads = commands }: DirectoryParts,
  ) {
    this.layout = applied.layout.name;
    this.capabilities = applied.layout.capabilities;
    this.#commands = commands;
    this.#applied = applied;
    this.#clock = clock;
    this.#pace = pace;
    this.#reads = reads;
    this.#known = new KnownKeys(() => this.#keys());
  }

  async count(activeSince: readonly number[] = []): Promise<DirectoryCounts> {
    let sessions = 0;
    const active = activeSince.map(() => 0);
    for await (const batch of this.walk()) {
      sessions += batch.length;
      for (const [n, since] of activeSince.entries()) {
        active[n] = (active[n] ?? 0) + batch.filter(({ lastSeenAt = -Infinity }) => lastSeenAt >= since).length;
      }
    }
    return { sessions, activeSince: active, flagged: 0 };
  }

  async recent(limit: number): Promise<readonly DirectorySession[]> {
    let newest: readonly DirectorySession[] = [];
    for await (const batch of this.walk()) newest = byActivity([...newest, ...batch]).slice(0, limit);
    return newest;
  }

  async recentEntries(limit: number): Promise<readonly RecentEntry[]> {
    return (await this.recent(limit)).map(({ id, lastSeenAt }) => ({ id, seenAt: lastSeenAt ?? Number.NaN }));
  }

  async estimateUsers(): Promise<number> {
    const users = new Set<string>();
    for await (const batch of this.walk()) for (const { user } of batch) if (user !== undefined) users.add(user);
    return users.size;
  }

  async byUser(user: string): Promise<readonly DirectorySession[]> {
    const wanted = checkedUser(user);
    const sessions: DirectorySession[] = [];
    for await (const batch of this.walk()) sessions.push(...batch.filter((session) => session.user === wanted));
    return byActivity(sessions);
  }

  async find(prefix: string, limit = 20): Promise<readonly SessionId[]> {
    if (!isIdPrefix(prefix))
      throw new SessctlError("invalid-argument", "an id is 32 hex characters, or the first of them");
    const found: SessionId[] = [];
    for await (const keys of this.#keys()) {
      const matching = keys.filter(({ id }) => id.startsWith(prefix));
      found.push(...(await this.#read(matching.map(({ key }) => key))).map(({ id }) => id));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }

  async get(ids: readonly SessionId[]): Promise<readonly DirectorySession[]> {
    const sessions = new Map((await this.#read(await this.#known.of(ids))).map((session) => [session.id, session]));
    return ids.flatMap((id) => sessions.get(id) ?? []);
  }

  async *walk(): AsyncIterable<readonly DirectorySession[]> {
    const statistics = (this.#statistics = new IdStatistics());
    for await (const keys of this.#keys()) {
      const found = await this.#found(
        this.#reads,
        keys.map(({ key }) => key),
      );
      // What follows the prefix is the id as the application sends it: a secret, of which only this is kept.
      for (const { stored, session } of found) statistics.add(stored.rest, session.createdAt);
      if (found.length > 0) yield found.map(({ session }) => session);
    }
  }

  idStatistics(): IdStatistics {
    return this.#statistics;
  }

  revoke(ids: readonly SessionId[]): Promise<readonly Change[]> {
    return this.#change(ids, (found) => revoke(this.#commands, this.#applied, found));
  }

  async expire(ids: readonly SessionId[], endsAt: number): Promise<readonly Change[]> {
    if (this.capabilities.expire === "none") throw unsupported(`the end of a session cannot be set in ${this.layout}`);
    return await this.#change(ids, (found) => expire(this.#commands, found, endsAt));
  }

  cutoff(): Promise<void> {
    return Promise.reject(unsupported(`the layout ${this.layout} has no cutoff`));
  }

  events(): Promise<readonly SessionEvent[]> {
    return Promise.resolve([]);
  }

  eventsAfter(): Promise<EventsRead> {
    return Promise.resolve({ events: [], mark: new Map(), passedOver: false });
  }

  load(): Promise<ServerLoad> {
    return serverLoad(this.#commands);
  }

  time(): Promise<number> {
    return this.#commands.time();
  }

  replicated(replicas: number, timeoutMs: number): Promise<number> {
    return this.#commands.replicated(replicas, timeoutMs);
  }

  close(): Promise<void> {
    this.#commands.close();
    this.#reads.close();
    return Promise.resolve();
  }

  #keys() {
    return walkKeys(this.#reads, this.#applied, this.#pace);
  }

  async #read(keys: readonly string[]): Promise<readonly DirectorySession[]> {
    return (await this.#found(this.#reads, keys)).map(({ session }) => session);
  }

  async #found(commands: Commands, keys: readonly string[]): Promise<readonly Found[]> {
    const found = await readSessions(commands, this.#applied, keys, this.#clock());
    for (const { stored, session } of found) this.#known.meet({ id: session.id, key: stored.key });
    return found;
  }

  async #change(
    ids: readonly SessionId[],
    change: (found: readonly Found[]) => Promise<readonly Change[]>,
  ): Promise<readonly Change[]> {
    // What is ended, and what goes with it, must be as it is now.
    const found = await this.#found(this.#commands, await this.#known.of([...new Set(ids)]));
    const changes = new Map((await change(found)).map((one) => [one.id, one]));
    return ids.map((id) => changes.get(id) ?? { id, outcome: "gone" });
  }
}

function unsupported(what: string): SessctlError {
  return new SessctlError("unsupported", what, { hint: "Revoke the sessions instead." });
}

/** Most recently active first; where that is not told, those that end last, which with one idle window for all is the same. */
function byActivity(sessions: readonly DirectorySession[]): readonly DirectorySession[] {
  return sessions.toSorted(
    (a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0) || Math.sign((b.idleEndsAt ?? 0) - (a.idleEndsAt ?? 0)) || 0,
  );
}
