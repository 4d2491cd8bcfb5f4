import type { IndexCounts, IndexReport } from "../../core/indexes.js";
import type { SessionId } from "../../core/token.js";

/** Examples kept of each kind. */
const examplesKept = 10;

/** Counts what a walk finds, and keeps a few examples. */
export class Tally {
  readonly #counts: Record<keyof IndexCounts, number> = {
    sessions: 0,
    entries: 0,
    missingLive: 0,
    missingUser: 0,
    missingFlag: 0,
    wrongScores: 0,
    deadLive: 0,
    deadUser: 0,
    deadFlagged: 0,
    over: 0,
    corrupt: 0,
    strayKeys: 0,
    wrongTypes: 0,
    conflicts: 0,
  };
  readonly #missing = new Set<SessionId>();
  readonly #corrupt = new Set<SessionId>();
  readonly #keys = new Set<string>();

  add(what: keyof IndexCounts, count = 1): void {
    this.#counts[what] += count;
  }

  get sessions(): number {
    return this.#counts.sessions;
  }

  /** A session that is missing from an index. */
  missing(what: "missingLive" | "missingUser" | "missingFlag", id: SessionId): void {
    this.add(what);
    keep(this.#missing, id);
  }

  corrupt(id: SessionId): void {
    this.add("corrupt");
    keep(this.#corrupt, id);
  }

  key(what: "strayKeys" | "wrongTypes", key: string): void {
    // An index is met by each of its sessions.
    if (this.#keys.has(key)) return;
    this.add(what);
    keep(this.#keys, key);
  }

  report(scope: IndexReport["scope"], stopped: boolean): IndexReport {
    const examples = { missing: [...this.#missing], corrupt: [...this.#corrupt], keys: [...this.#keys] };
    return { scope, stopped, counts: { ...this.#counts }, examples };
  }
}

function keep<T>(examples: Set<T>, one: T): void {
  if (examples.size < examplesKept) examples.add(one);
}
