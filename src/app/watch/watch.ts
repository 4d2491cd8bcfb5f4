import type { GeoReader } from "../../clients/geography/geo-reader.js";
import type { ClientReader } from "../../core/binding.js";
import type { Clock, DirectorySession, SessionDirectory } from "../../core/ports.js";
import type { SessionId } from "../../core/token.js";
import { IndexWatch } from "./by-index.js";
import { WalkWatch } from "./by-walk.js";
import type { Look, LookRequest } from "./look.js";
import { watched, type WatchedSession } from "./session.js";

/** Most recent sessions that a live list holds. Sorting and filtering see these and no more. */
export const defaultWatchLimit = 500;

/** A directory watched over time. */
export interface Watch {
  /** Reads counts and the most recent sessions: from the indexes at a cost that does not grow with the number of sessions, else from a walk in the background. */
  look(request: LookRequest): Promise<Look>;
  /** The sessions with these ids, in this order; those that are gone are left out. */
  sessions(ids: readonly SessionId[]): Promise<readonly WatchedSession[]>;
  /** All sessions of these users, most recently active first. */
  ofUsers(users: readonly string[]): Promise<readonly WatchedSession[]>;
  /** Tells countries from now on. */
  locate(geo: GeoReader): void;
  /** Ends what goes on in the background. */
  close(): void;
}

/** Watches a directory. */
export function createWatch(directory: SessionDirectory, reader: ClientReader, clock: Clock): Watch {
  const watch =
    directory.capabilities.recent === "index"
      ? new IndexWatch(directory, reader, clock)
      : new WalkWatch(directory, reader, clock);
  let geography: GeoReader | undefined;
  const toRow = (session: DirectorySession) => watched(session, reader, geography);
  return {
    look: (request) => watch.look(request),
    sessions: async (ids) => (await directory.get(ids)).map(toRow),
    async ofUsers(users) {
      const sessions = (await Promise.all(users.map((user) => directory.byUser(user)))).flat();
      return sessions.map(toRow).toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0));
    },
    locate(geo) {
      geography = geo;
      watch.locate(geo);
    },
    close() {
      if (watch instanceof WalkWatch) watch.close();
    },
  };
}
