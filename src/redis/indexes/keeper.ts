import { SessctlError } from "../../core/errors.js";
import type { IndexKeeper, IndexReport, WalkControl } from "../../core/indexes.js";
import { type SessionId, shards } from "../../core/token.js";
import { inLots } from "../ahead.js";
import { chunks } from "../batches.js";
import type { Command } from "../commands.js";
import type { Context } from "../context.js";
import { type Pace, PacedWalk } from "../pace.js";
import { endOver } from "../operations/end-over.js";
import { reindexScript } from "../scripts/reindex.js";
import { sweepScript } from "../scripts/sweep.js";
import { type DeadEntries, EntryCheck } from "./entry-check.js";
import { keyName } from "./key-name.js";
import { type Mending, SessionCheck } from "./session-check.js";
import { Tally } from "./tally.js";

/** A sample is over when it has met so many sessions, or so many keys in all. */
const sampleSessions = 1000;
const sampleKeys = 20_000;
/** Entries of each shard's index in a sample. */
const sampleEntries = 4;
/** A session that its own requests keep changing is tried so often. */
const attempts = 20;
/** Keys that a batch of a scan stands for, whatever it found. */
const scanned = 500;
/** Keys looked at together: enough of them share an index that asking each index once is cheap. */
const lotLength = 4000;
/** Dead entries removed by one call of a script. */
const removedAtOnce = 500;

/** Keeps the indexes of the native layout. */
export class NativeIndexKeeper implements IndexKeeper {
  readonly #context: Context;
  readonly #pace: Pace;

  constructor(context: Context, pace: Pace = {}) {
    this.#context = context;
    this.#pace = pace;
  }

  examine(scope: "sample" | "full", control: WalkControl = {}): Promise<IndexReport> {
    return this.#walk(scope, false, control);
  }

  repair(control: WalkControl = {}): Promise<IndexReport> {
    return this.#walk("full", true, control);
  }

  close(): Promise<void> {
    this.#context.commands.close();
    return Promise.resolve();
  }

  async #walk(scope: "sample" | "full", repair: boolean, { signal, onProgress }: WalkControl): Promise<IndexReport> {
    const tally = new Tally();
    const checks = { sessions: new SessionCheck(this.#context, tally), entries: new EntryCheck(this.#context, tally) };
    const stopped = () => signal?.aborted === true;
    // Nothing is read ahead: while a lot is looked at here, Redis serves others.
    for await (const lot of inLots(this.#names(scope), scope === "sample" ? scanned : lotLength)) {
      if (stopped()) break;
      const before = tally.sessions;
      await this.#keys([...new Set(lot)], checks, tally, repair);
      onProgress?.(tally.sessions - before);
      if (scope === "sample" && tally.sessions >= sampleSessions) break;
    }
    for (const kind of ["live", "flagged"] as const) {
      if (stopped()) break;
      if (scope === "sample") {
        await checks.entries.sample(kind, shards, sampleEntries);
        continue;
      }
      for await (const dead of checks.entries.ofShards(kind, shards)) {
        if (repair) await this.#remove(dead);
        if (stopped()) break;
      }
    }
    return tally.report(scope, stopped());
  }

  /** The names of the namespace's keys; SCAN goes through them in the order of their hashes, so that the first are as good as chance. */
  async *#names(scope: "sample" | "full"): AsyncGenerator<readonly string[]> {
    const { commands, keys } = this.#context;
    const walk = new PacedWalk(this.#pace, scope === "full" ? await this.#keyCount() : sampleKeys);
    const most = scope === "full" ? Infinity : sampleKeys;
    for await (const names of commands.scan({ pattern: `${keys.namespace}:*`, count: scanned, most })) {
      await walk.looked(scanned);
      yield names;
    }
  }

  /** How many keys there are, for who waits; one who may not ask looks all the same. */
  #keyCount(): Promise<number> {
    return this.#context.commands.keyCount().catch((error: unknown) => {
      if (error instanceof SessctlError && error.code === "denied") return Infinity;
      throw error;
    });
  }

  async #keys(
    names: readonly string[],
    checks: { readonly sessions: SessionCheck; readonly entries: EntryCheck },
    tally: Tally,
    repair: boolean,
  ): Promise<void> {
    const { keys } = this.#context;
    const known = names.map((name) => ({ name, ...keyName(name, keys) }));
    for (const key of known) if (key.is === "stray") tally.key("strayKeys", key.name);
    const { dead, unending } = await checks.entries.ofUsers(
      known.flatMap((key) => (key.is === "user" ? [key.user] : [])),
    );
    if (repair) {
      await this.#remove(dead);
      await this.#mend(
        unending.map((session) => checks.sessions.mendingOf(session)),
        tally,
      );
    }
    const ids = known.flatMap((key) => (key.is === "session" ? [key.id] : []));
    const { over, mendings } = await checks.sessions.check(ids);
    if (!repair) return;
    await endOver(this.#context, over);
    await this.#mend(mendings, tally);
  }

  /** Writes what sessions' entries should be; those that changed meanwhile are looked at again. */
  async #mend(mendings: readonly Mending[], tally: Tally): Promise<void> {
    let pending = mendings;
    for (let attempt = 0; pending.length > 0 && attempt < attempts; attempt++) {
      const outcomes = await this.#context.scripts.each(reindexScript, pending);
      const conflicting: SessionId[] = [];
      for (const [n, { id }] of pending.entries()) {
        const outcome = outcomes[n];
        if (outcome instanceof Error) throw outcome;
        if (outcome === "conflict") conflicting.push(id);
      }
      if (conflicting.length === 0) return;
      const again = await new SessionCheck(this.#context, new Tally()).check(conflicting);
      pending = again.mendings;
    }
    tally.add("conflicts", pending.length);
  }

  async #remove(dead: readonly DeadEntries[]): Promise<void> {
    const { scripts, commands } = this.#context;
    // A session never comes back, but its entry is only removed where that is certain at the very moment.
    const gone = dead.flatMap(({ index, gone: ids }) =>
      chunks(ids, removedAtOnce).map((some) => ({ index, ids: some })),
    );
    for (const outcome of await scripts.each(sweepScript, gone)) if (outcome instanceof Error) throw outcome;
    const alien: Command[] = [];
    for (const { index, alien: names } of dead) {
      for (const some of chunks(names, removedAtOnce)) alien.push(["ZREM", index, ...some]);
    }
    await commands.all(alien);
  }
}
