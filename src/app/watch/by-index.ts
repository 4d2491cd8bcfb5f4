import type { GeoReader } from "../../clients/geography/geo-reader.js";
import type { ClientReader } from "../../core/binding.js";
import type { Clock, RecentEntry, SessionDirectory } from "../../core/ports.js";
import type { SessionId } from "../../core/token.js";
import { createdWithin, type Look, type LookRequest } from "./look.js";
import { unread, watched, type WatchedSession } from "./session.js";

/** Looks at a directory that has indexes: counts and places come from them, and records of what is on the screen alone are read. */
export class IndexWatch {
  readonly #directory: SessionDirectory;
  readonly #reader: ClientReader;
  readonly #clock: Clock;
  #geo: GeoReader | undefined;
  /** The rows of the look before, as far as they were ever read. */
  #known: ReadonlyMap<SessionId, WatchedSession> = new Map();

  constructor(directory: SessionDirectory, reader: ClientReader, clock: Clock) {
    this.#directory = directory;
    this.#reader = reader;
    this.#clock = clock;
  }

  /** Tells countries from now on. */
  locate(geo: GeoReader): void {
    this.#geo = geo;
    // What is known has no country yet: it is read anew.
    this.#known = new Map();
  }

  async look({ limit, whole, onScreen = [] }: LookRequest): Promise<Look> {
    const at = this.#clock();
    const [counts, entries] = await Promise.all([
      this.#directory.count([at - 60_000, at - 300_000]),
      this.#directory.recentEntries(limit),
    ]);
    const wanted = whole === undefined ? entries.filter(this.#hasChanged) : entries.slice(whole.from, whole.to);
    const asked = new Set([...wanted.map(({ id }) => id), ...onScreen]);
    const sessions = await this.#directory.get([...asked]);
    const read = new Map(sessions.map((session) => [session.id, watched(session, this.#reader, this.#geo)]));
    const rows = inPlace(
      entries.flatMap((entry) => {
        if (asked.has(entry.id)) return read.get(entry.id) ?? [];
        return this.#asKnown(entry);
      }),
      whole,
    );
    this.#known = new Map(rows.flatMap((row) => (row.unread ? [] : [[row.id, row]])));
    const [active1m = 0, active5m = 0] = counts.activeSince;
    return {
      at,
      sessions: counts.sessions,
      active1m,
      active5m,
      flagged: counts.flagged,
      created1m: createdWithin(rows, at - 60_000, limit),
      rows,
      limit,
      gone: onScreen.filter((id) => !read.has(id)),
      walk: undefined,
    };
  }

  #hasChanged = ({ id, seenAt }: RecentEntry): boolean => {
    const known = this.#known.get(id);
    return known === undefined || seenAt > (known.lastSeenAt ?? -Infinity);
  };

  #asKnown(entry: RecentEntry): WatchedSession {
    const known = this.#known.get(entry.id);
    if (known === undefined) return unread(entry, this.#directory.layout);
    return entry.seenAt > (known.lastSeenAt ?? -Infinity) ? { ...known, lastSeenAt: entry.seenAt } : known;
  }
}

/**
 * The rows with those that were read whole in the exact order of their last requests. The index is some seconds behind,
 * so they are set right within the places that they have: what lies outside would else jump in and out.
 */
function inPlace(rows: readonly WatchedSession[], whole: LookRequest["whole"]): readonly WatchedSession[] {
  const { from, to } = whole ?? { from: 0, to: rows.length };
  const exact = rows.slice(from, to).toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0));
  return [...rows.slice(0, from), ...exact, ...rows.slice(to)];
}
