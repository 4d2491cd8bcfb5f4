import { lastSeenAt } from "../../core/lifetime.js";
import { type SessionId, shardOfUser } from "../../core/token.js";
import { SessctlError } from "../../core/errors.js";
import { byShard, chunks, commandGroups } from "../batches.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";
import { type Found, whyOver } from "../reader.js";
import { isCorrupt } from "../record.js";
import type { reindexScript } from "../scripts/reindex.js";
import { type Score, userScoresScript } from "../scripts/user-scores.js";
import { SwitchEvents } from "./switch-events.js";
import type { Tally } from "./tally.js";

/** `live` is up to ten seconds behind by design, and more when a write is lost: see LiveIndex. */
const coarseMs = 60_000;
/** A process moves the end of an idle window so many times in it: see Roller. Until then `live` is ahead of what it tells. */
const rollsInWindow = 1500;
/** Entries asked for by one call of a script: well under a millisecond of Redis's time. */
const askedAtOnce = 500;

/** What is to be written so that a session's index entries are right. */
export type Mending = Parameters<typeof reindexScript.call>[0];

/** Sessions that are over, and those whose entries are not right. */
export interface Checked {
  readonly over: readonly Found[];
  readonly mendings: readonly Mending[];
}

/** Compares sessions with their index entries. Changes nothing. */
export class SessionCheck {
  readonly #context: Context;
  readonly #tally: Tally;
  readonly #switches: SwitchEvents;

  constructor(context: Context, tally: Tally) {
    this.#context = context;
    this.#tally = tally;
    this.#switches = new SwitchEvents(context);
  }

  /** Looks at the sessions with these ids, and counts what is not right about them. */
  async check(ids: readonly SessionId[]): Promise<Checked> {
    const { reader, settings } = this.#context;
    const found = await reader.all(ids);
    const now = settings.clock();
    this.#tally.add("sessions", found.length);
    const over = found.filter((session) => whyOver(session, now) !== undefined);
    this.#tally.add("over", over.length);
    const valid = found.filter((session) => whyOver(session, now) === undefined);
    const scores = await this.#scores(valid);
    const mendings: Mending[] = [];
    for (const [n, session] of valid.entries()) {
      const mending = await this.#compare(session, scores[n] ?? [null, null, null]);
      if (mending !== undefined) mendings.push(mending);
    }
    return { over, mendings };
  }

  /** What is to be written for a session whatever its entries are; for one whose user's index ends too early. */
  mendingOf(session: Found, switchedAt?: number): Mending {
    const { id, stored, record, idleEndsAt } = session;
    if (isCorrupt(record)) {
      const untold = { user: undefined, idleMs: undefined, lastSeenAt: 0, toleranceMs: Infinity, endsAt: 0 };
      return { id, expected: "", switchedAt: undefined, ...untold };
    }
    return {
      id,
      expected: stored,
      switchedAt,
      user: record.user,
      idleMs: record.idleMs,
      lastSeenAt: lastSeenAt(record, idleEndsAt),
      toleranceMs: toleranceOf(record.idleMs),
      endsAt: record.endsAt,
    };
  }

  async #compare(session: Found, [live, flagged, user]: Scores): Promise<Mending | undefined> {
    const tally = this.#tally;
    const { id, record, idleEndsAt } = session;
    let isRight = true;
    const missing = (what: "missingLive" | "missingUser" | "missingFlag") => {
      tally.missing(what, id);
      isRight = false;
    };
    if (live === null) missing("missingLive");
    if (isCorrupt(record)) {
      tally.corrupt(id);
      return isRight ? undefined : this.mendingOf(session);
    }
    if (record.user !== undefined && user === null) missing("missingUser");
    const seenAt = lastSeenAt(record, idleEndsAt);
    const isOff = live !== null && live !== "?" && Math.abs(live - seenAt) > toleranceOf(record.idleMs);
    if (isOff || (user !== null && user !== "?" && user !== record.endsAt)) {
      tally.add("wrongScores");
      isRight = false;
    }
    const switchedAt = flagged === null ? await this.#switches.latestOf(id, record) : undefined;
    if (switchedAt !== undefined) missing("missingFlag");
    return isRight ? undefined : this.mendingOf(session, switchedAt);
  }

  async #scores(sessions: readonly Found[]): Promise<Scores[]> {
    const ids = sessions.map(({ id }) => id);
    const [live, flagged, user] = await Promise.all([
      this.#ofShards("live", ids),
      this.#ofShards("flagged", ids),
      this.#ofUsers(sessions),
    ]);
    return ids.map((id) => [live.get(id) ?? null, flagged.get(id) ?? null, user.get(id) ?? null]);
  }

  /** One command for each index, and not for each session: most of a lot share those of their shard. */
  async #ofShards(kind: "live" | "flagged", ids: readonly SessionId[]): Promise<ReadonlyMap<SessionId, Score>> {
    const { commands, keys } = this.#context;
    const groups = [...byShard(ids, (id) => id)];
    const replies = await commands.many(groups.map(([shard, own]) => ["ZMSCORE", keys[kind](shard), ...own]));
    const scores = new Map<SessionId, Score>();
    for (const [n, [shard, own]] of groups.entries()) {
      const reply = replies[n] ?? null;
      if (reply instanceof Error && !(reply instanceof SessctlError && reply.code === "wrong-type")) throw reply;
      if (reply instanceof Error) this.#tally.key("wrongTypes", keys[kind](shard));
      const told = Array.isArray(reply) ? reply.map(numberOf) : [];
      for (const [m, id] of own.entries()) scores.set(id, reply instanceof Error ? "?" : (told[m] ?? null));
    }
    return scores;
  }

  /** By a script: a user's index has few sessions, and a command for each would be most of the work. */
  async #ofUsers(sessions: readonly Found[]): Promise<ReadonlyMap<SessionId, Score>> {
    const { commands, keys, scripts } = this.#context;
    const entries = sessions.flatMap(({ id, record }) =>
      isCorrupt(record) || record.user === undefined ? [] : [{ id, user: record.user }],
    );
    const groups = commandGroups(entries, ({ user }) => shardOfUser(user), commands.acrossShards);
    const batches = groups.flatMap((group) => chunks(group, askedAtOnce));
    const replies = await scripts.each(
      userScoresScript,
      batches.map((batch) => ({ entries: batch })),
    );
    const scores = new Map<SessionId, Score>();
    for (const [n, batch] of batches.entries()) {
      const reply = replies[n] ?? [];
      if (reply instanceof Error) throw reply;
      for (const [m, { id, user }] of batch.entries()) {
        const score = reply[m] ?? null;
        if (score === "?") this.#tally.key("wrongTypes", keys.user(user));
        scores.set(id, score);
      }
    }
    return scores;
  }
}

function numberOf(score: Reply): Score {
  return score === null ? null : Number(score);
}

type Scores = readonly [live: Score, flagged: Score, user: Score];

function toleranceOf(idleMs: number): number {
  return Math.max(coarseMs, (2 * idleMs) / rollsInWindow);
}
