import type { Trail, TrailRead } from "../core/ports.js";
import type { Intent, Outcome, TrailEntry } from "../core/trail.js";

/** Something that an operator did: its beginning in the trail, with its end as far as that has come. */
export interface Done extends Intent {
  /** Number of the beginning in the chain. */
  readonly n: number;
  /** When it began, ms since 1970, by the operator's clock. */
  readonly at: number;
  /** Hash of the beginning. */
  readonly hash: string | undefined;
  /** `undefined` while it goes on, and for good when whoever did it was killed or lost Redis. */
  readonly end: (Outcome & { readonly at: number }) | undefined;
}

/** What of the trail is wanted. */
export interface TrailQuery {
  /** Only what began at or after this instant, ms since 1970, by the clock of Redis. */
  readonly since?: number;
  /** Only what this operator did: `alice@host`, or `alice` on any host. */
  readonly actor?: string;
  /** At most so many, and then the newest. */
  readonly limit?: number;
}

/** What operators did, oldest first, and how many entries of the trail could not be read. */
export interface TrailFound {
  readonly done: readonly Done[];
  readonly unreadable: number;
}

/** Reads what operators did, from the newest back to as far as is asked for. */
export async function trailOf(trail: Trail, query: TrailQuery): Promise<TrailFound> {
  const { since = -Infinity, limit = Infinity } = query;
  const ends = new Map<number, Done["end"]>();
  const done: Done[] = [];
  let unreadable = 0;
  for await (const page of trail.newestFirst()) {
    for (const read of page) {
      if (read.storedAt < since || done.length >= limit) return { done: done.toReversed(), unreadable };
      const { entry } = read;
      if (entry === undefined) unreadable++;
      else if (entry.phase === "end") ends.set(entry.of, endOf(entry));
      else {
        const began = beginningOf(read, entry, ends.get(entry.n));
        // Of a beginning there is one end, and nobody else asks for it.
        ends.delete(entry.n);
        if (isBy(query.actor, entry.actor)) done.push(began);
      }
    }
  }
  return { done: done.toReversed(), unreadable };
}

/** Ends that are waited for by a follower. */
const mostOpen = 1000;

/** Tells what operators do as they do it: each once when it begins and once when it has ended. */
export class TrailFollower {
  readonly #trail: Trail;
  readonly #query: TrailQuery;
  readonly #open = new Map<number, Done>();
  #place: string | undefined;
  #began = false;

  constructor(trail: Trail, query: TrailQuery) {
    this.#trail = trail;
    this.#query = query;
  }

  /** What has come since the last call, oldest first: at first what is asked for with `since`. After a failure the next call tells what was missed. */
  async next(): Promise<readonly Done[]> {
    if (!this.#began) {
      // Whatever is written meanwhile comes after this place, and is told by the next call.
      const place = await newestPlace(this.#trail);
      const { done } = await trailOf(this.#trail, { ...this.#query, limit: mostOpen });
      this.#began = true;
      this.#place = place;
      for (const one of done) if (one.end === undefined) this.#keep(one);
      return this.#query.since === undefined ? [] : done;
    }
    const read = await this.#trail.after(this.#place);
    this.#place = read.at(-1)?.place ?? this.#place;
    return read.flatMap((one) => this.#told(one));
  }

  #told(read: TrailRead): readonly Done[] {
    const { entry } = read;
    if (entry?.phase === "begin") {
      const began = beginningOf(read, entry, undefined);
      if (!isBy(this.#query.actor, entry.actor)) return [];
      this.#keep(began);
      return [began];
    }
    const began = entry && this.#open.get(entry.of);
    if (entry === undefined || began === undefined) return [];
    this.#open.delete(entry.of);
    return [{ ...began, end: endOf(entry) }];
  }

  #keep(began: Done): void {
    this.#open.set(began.n, began);
    const [oldest] = this.#open.keys();
    if (this.#open.size > mostOpen && oldest !== undefined) this.#open.delete(oldest);
  }
}

async function newestPlace(trail: Trail): Promise<string | undefined> {
  for await (const page of trail.newestFirst()) return page[0]?.place;
  return undefined;
}

function beginningOf({ hash }: TrailRead, entry: TrailEntry & { readonly phase: "begin" }, end: Done["end"]): Done {
  return { ...entry, hash, end };
}

function endOf({ at, done, left, stopped }: TrailEntry & { readonly phase: "end" }): Done["end"] {
  return { at, done, left, stopped };
}

function isBy(wanted: string | undefined, actor = ""): boolean {
  return wanted === undefined || actor === wanted || actor.startsWith(`${wanted}@`);
}
