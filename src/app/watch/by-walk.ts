import type { GeoReader } from "../../clients/geography/geo-reader.js";
import type { ClientReader } from "../../core/binding.js";
import type { Clock, DirectorySession, SessionDirectory } from "../../core/ports.js";
import { flagsOf } from "../flags.js";
import type { Look, LookRequest, WalkState } from "./look.js";
import { watched, type WatchedSession } from "./session.js";

/** A walk leaves Redis alone for so many times as long as it took, and at least for this time (ms). */
const restFactor = 4;
const leastRestMs = 10_000;
/** A walk keeps so many of the most recent, though the look that begins it may show fewer than those that follow. */
const leastKept = 500;
/** How often the first walk tells how far it is, in ms. */
const tellMs = 500;

/** What a walk has seen so far. */
interface Tally {
  readonly startedAt: number;
  endedAt: number | undefined;
  sessions: number;
  active1m: number;
  active5m: number;
  flagged: number;
  created1m: number;
  /** The most recently active, up to twice as many as are shown. */
  recent: DirectorySession[];
}

/** Looks at a directory without indexes: one walk after the other in the background, with long rests between. */
export class WalkWatch {
  readonly #directory: SessionDirectory;
  readonly #reader: ClientReader;
  readonly #clock: Clock;
  #geo: GeoReader | undefined;
  readonly #wait: (ms: number) => Promise<void>;
  /** The last whole walk, or what the first one has so far. */
  #told: Tally | undefined;
  #under: Tally | undefined;
  #restUntil = 0;
  #walking: Promise<void> | undefined;
  #failure: Error | undefined;
  #closed = false;

  constructor(directory: SessionDirectory, reader: ClientReader, clock: Clock, wait = sleep) {
    this.#directory = directory;
    this.#reader = reader;
    this.#clock = clock;
    this.#wait = wait;
  }

  /** Tells countries from now on. */
  locate(geo: GeoReader): void {
    this.#geo = geo;
  }

  async look({ limit, whole, onScreen = [] }: LookRequest): Promise<Look> {
    const at = this.#clock();
    if (this.#walking === undefined && at >= this.#restUntil) {
      this.#walking = this.#walk(Math.max(limit, leastKept)).finally(() => {
        this.#walking = undefined;
      });
    }
    // The first walk tells something soon, whether it is at its end or not.
    if (this.#told === undefined) await Promise.race([this.#walking, this.#wait(tellMs)]);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
    const tally = this.#told ?? this.#under ?? emptyTally(at);
    const recent = mostRecent(tally.recent, limit);
    const { from, to } = whole ?? { from: 0, to: 0 };
    const asked = new Set([...recent.slice(from, to).map(({ id }) => id), ...onScreen]);
    const read = new Map((await this.#directory.get([...asked])).map((session) => [session.id, session]));
    const rows = recent.flatMap((session): readonly WatchedSession[] => {
      const now = asked.has(session.id) ? read.get(session.id) : session;
      return now === undefined ? [] : [watched(now, this.#reader, this.#geo)];
    });
    return {
      at,
      sessions: tally.sessions,
      active1m: tally.active1m,
      active5m: tally.active5m,
      flagged: tally.flagged,
      created1m: { count: tally.created1m, atLeast: tally.endedAt === undefined },
      rows,
      limit,
      gone: onScreen.filter((id) => !read.has(id)),
      walk: this.#state(tally),
    };
  }

  /** Stops the walk at its next batch. */
  close(): void {
    this.#closed = true;
  }

  #state({ startedAt, endedAt, sessions }: Tally): WalkState {
    return { startedAt, endedAt, read: this.#under?.sessions ?? sessions };
  }

  async #walk(limit: number): Promise<void> {
    const startedAt = this.#clock();
    const tally = emptyTally(startedAt);
    this.#under = tally;
    try {
      // Nothing of it happens before the look that began it goes on.
      await this.#wait(0);
      for await (const sessions of this.#directory.walk()) {
        if (this.#closed) return;
        for (const session of sessions) this.#see(session, tally);
        if (tally.recent.length > 2 * limit) tally.recent = mostRecent(tally.recent, limit);
        // Between two batches keys are answered.
        await this.#wait(0);
      }
      tally.endedAt = this.#clock();
      this.#told = tally;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      const now = this.#clock();
      this.#restUntil = now + Math.max(leastRestMs, restFactor * (now - startedAt));
      this.#under = undefined;
    }
  }

  #see(session: DirectorySession, tally: Tally): void {
    const { lastSeenAt = -Infinity, createdAt = -Infinity } = session;
    tally.sessions++;
    if (lastSeenAt >= tally.startedAt - 60_000) tally.active1m++;
    if (lastSeenAt >= tally.startedAt - 300_000) tally.active5m++;
    if (createdAt >= tally.startedAt - 60_000) tally.created1m++;
    if (session.sightings.length > 1 && flagsOf(session, this.#reader).length > 0) tally.flagged++;
    tally.recent.push(session);
  }
}

function emptyTally(startedAt: number): Tally {
  return {
    startedAt,
    endedAt: undefined,
    sessions: 0,
    active1m: 0,
    active5m: 0,
    flagged: 0,
    created1m: 0,
    recent: [],
  };
}

function mostRecent(sessions: readonly DirectorySession[], limit: number): DirectorySession[] {
  return sessions
    .toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0) || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
