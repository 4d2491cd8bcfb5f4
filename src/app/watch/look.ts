import type { SessionId } from "../../core/token.js";
import type { WatchedSession } from "./session.js";

/** What a look is to read. */
export interface LookRequest {
  /** Most rows. */
  readonly limit: number;
  /**
   * The rows that are read whole, by place: those on the screen. The others come as they are known from before, or by id
   * and time alone. Default: all, of which those are read that have changed.
   */
  readonly whole?: { readonly from: number; readonly to: number } | undefined;
  /** Sessions that were on the screen: it is told which of them are gone. */
  readonly onScreen?: readonly SessionId[];
}

/** What one look at a directory saw. */
export interface Look {
  readonly at: number;
  readonly sessions: number;
  /** Sessions with a request in the last one and five minutes. */
  readonly active1m: number;
  readonly active5m: number;
  readonly flagged: number;
  /**
   * Sessions created in the last minute; `atLeast` when more may have been than the rows can tell. `undefined` when not
   * all rows were read.
   */
  readonly created1m: { readonly count: number; readonly atLeast: boolean } | undefined;
  /** Most recently active first. */
  readonly rows: readonly WatchedSession[];
  /** The most rows that were asked for. */
  readonly limit: number;
  /** Of the sessions that were on the screen, those that are gone. */
  readonly gone: readonly SessionId[];
  /** Where there is no index: the walk that counts and rows come from. */
  readonly walk: WalkState | undefined;
}

/** How far a walk over all sessions is. */
export interface WalkState {
  readonly startedAt: number;
  /** `undefined` while the first one is under way: then counts and rows are of what was read so far. */
  readonly endedAt: number | undefined;
  /** Sessions read by the walk under way. */
  readonly read: number;
}

/** Whoever was created since was also seen since, so the rows tell it all unless even the last of them was seen since. */
export function createdWithin(rows: readonly WatchedSession[], since: number, limit: number): Look["created1m"] {
  if (rows.some((row) => row.unread)) return undefined;
  const last = rows.at(-1);
  return {
    count: rows.filter((row) => row.createdAt !== undefined && row.createdAt >= since).length,
    atLeast: rows.length >= limit && last?.lastSeenAt !== undefined && last.lastSeenAt >= since,
  };
}
