import { setTimeout as wait } from "node:timers/promises";
import type { IndexKeeper, IndexReport, WalkControl } from "../../core/indexes.js";
import { type SessionId, shards } from "../../core/token.js";
import type { Context } from "../context.js";
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
/** Between two batches a walk rests as long as the last one took: Redis serves others at least half of the time. */
const longestRestMs = 100;

/** Keeps the indexes of the native layout. */
export class NativeIndexKeeper implements IndexKeeper {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
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
    let beganAt = performance.now();
    let keysSeen = 0;
    for await (const batch of this.#context.commands.scan({ pattern: `${this.#context.keys.namespace}:*` })) {
      if (stopped()) break;
      const before = tally.sessions;
      await this.#keys([...new Set(batch)], checks, tally, repair);
      onProgress?.(tally.sessions - before);
      // SCAN goes through the keys in the order of their hashes, which is as good as chance.
      keysSeen += scanned;
      if (scope === "sample" && (tally.sessions >= sampleSessions || keysSeen >= sampleKeys)) break;
      if (scope === "full") await rest(beganAt);
      beganAt = performance.now();
    }
    for (const kind of ["live", "flagged"] as const) {
      if (scope === "sample") {
        await checks.entries.sample(kind, shards, sampleEntries);
        continue;
      }
      for (const shard of shards) {
        if (stopped()) break;
        for await (const dead of checks.entries.ofShard(kind, shard)) if (repair) await this.#remove(dead);
      }
    }
    return tally.report(scope, stopped());
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
    const users = known.flatMap((key) => (key.is === "user" ? [key.user] : []));
    for (const { unending, ...dead } of await Promise.all(users.map((user) => checks.entries.ofUser(user)))) {
      if (!repair) continue;
      await this.#remove(dead);
      if (unending !== undefined) await this.#mend([checks.sessions.mendingOf(unending)], tally);
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

  async #remove({ index, gone, alien }: DeadEntries): Promise<void> {
    const { scripts, commands } = this.#context;
    // A session never comes back, but its entry is only removed where that is certain at the very moment.
    if (gone.length > 0) await scripts.run(sweepScript, { index, ids: gone });
    if (alien.length > 0) await commands.run(["ZREM", index, ...alien]);
  }
}

/** Keys that a batch of a scan stands for, whatever it found. */
const scanned = 500;

async function rest(sinceAt: number): Promise<void> {
  await wait(Math.min(longestRestMs, performance.now() - sinceAt));
}
