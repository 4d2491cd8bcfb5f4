import type { SessionId } from "./token.js";

/** How many of what was looked at are not as they should be. */
export interface IndexCounts {
  /** Stored sessions that were looked at. */
  readonly sessions: number;
  /** Entries of indexes that were looked at. */
  readonly entries: number;
  /** Sessions missing where every list begins. */
  readonly missingLive: number;
  /** Sessions missing from their user's index. */
  readonly missingUser: number;
  /** Sessions that switched clients, by an event that is still kept, and are not flagged. */
  readonly missingFlag: number;
  /** Sessions with a score that is not theirs, and users' indexes that end before their last session, or never. */
  readonly wrongScores: number;
  /** Entries whose session is gone or another user's, or that are no id. */
  readonly deadLive: number;
  readonly deadUser: number;
  readonly deadFlagged: number;
  /** Sessions past their deadline or revoked by a cutoff that are still stored. */
  readonly over: number;
  /** Sessions whose record cannot be decoded. */
  readonly corrupt: number;
  /** Keys under the namespace that nobody looks for: none of the layout's, or on another shard than their own. */
  readonly strayKeys: number;
  /** Indexes that are no sorted set. */
  readonly wrongTypes: number;
  /** Sessions that kept changing while they were to be put right. */
  readonly conflicts: number;
}

/** What was found, with a few examples. */
export interface IndexReport {
  readonly scope: "sample" | "full";
  /** Whether it was stopped before it had seen everything. */
  readonly stopped: boolean;
  readonly counts: IndexCounts;
  readonly examples: {
    readonly missing: readonly SessionId[];
    readonly corrupt: readonly SessionId[];
    /** Keys that `strayKeys` and `wrongTypes` count. */
    readonly keys: readonly string[];
  };
}

/** How a walk over the indexes goes on. */
export interface WalkControl {
  /** Once aborted, no further batch begins. */
  readonly signal?: AbortSignal;
  /** Called with how many more sessions were looked at. */
  readonly onProgress?: (sessions: number) => void;
}

/** Keeps the indexes of a namespace true to its sessions. */
export interface IndexKeeper {
  /** Looks at a sample of bounded size, or at everything in steps that hold up nobody. Changes nothing. */
  examine(scope: "sample" | "full", control?: WalkControl): Promise<IndexReport>;
  /**
   * Looks at everything and puts right what it finds, each session by itself and in one step, so that it races no request.
   * The report tells what was found; what it could not put right are `corrupt`, `strayKeys`, `wrongTypes` and `conflicts`.
   */
  repair(control?: WalkControl): Promise<IndexReport>;
  close(): Promise<void>;
}
