import { type Deed, hashOf, noHash, numberOf, readEntry, type TrailEntry } from "./trail.js";

/** An entry as it is stored; whatever else somebody put into the trail has no text or hash. */
export interface StoredEntry {
  /** Where it is, as in `1795383373151-0`. */
  readonly place: string;
  readonly text: string | undefined;
  readonly hash: string | undefined;
}

/** What the storage itself counts, which no entry can say. */
export interface ChainCounters {
  /** Entries that were ever added. */
  readonly added: number;
  /** The greatest place of which an entry was deleted; `undefined` when none was. */
  readonly deletedUpTo: string | undefined;
}

/** A place at which the chain is not what it was when it was written. */
export interface ChainBreak {
  /** The number that the entry has, or should have. */
  readonly n: number;
  /** Where the entry is; of one that is missing, where it was, as far as that is known. */
  readonly place: string | undefined;
  readonly what: string;
}

/** What a check of the whole chain found. */
export interface ChainReport {
  readonly entries: number;
  /** Hash of the last entry; 64 zeros without one. */
  readonly head: string;
  /** When the last entry was written, ms since 1970. */
  readonly headAt: number | undefined;
  /** In the chain's order. Empty when it is whole. */
  readonly breaks: readonly ChainBreak[];
  /** Beginnings that have no end, in the chain's order: somebody is at it still, was killed or lost Redis. */
  readonly unfinished: readonly Beginning[];
}

/** A beginning in the chain: its number, when, and who began what. */
export interface Beginning {
  readonly n: number;
  readonly at: number;
  readonly deed: Deed;
  readonly actor: string | undefined;
}

/** Most breaks told one by one. */
const mostBreaks = 1000;

/** Checks a chain entry by entry, oldest first. After a break it goes on from what it found, so that each is told once. */
export class ChainCheck {
  readonly #breaks: ChainBreak[] = [];
  readonly #unfinished = new Map<number, Beginning>();
  readonly #earlier: string | undefined;
  #entries = 0;
  #next = 1;
  #head = noHash;
  #headAt: number | undefined;
  #lastPlace: string | undefined;
  #earlierFound = false;
  /** Entries that the numbers show to be missing. */
  #gaps = 0;

  /** `earlier`: a hash that was once the last one, and must still be in the chain. */
  constructor(earlier?: string) {
    this.#earlier = earlier;
  }

  /** Takes the next entry. */
  add({ place, text, hash }: StoredEntry): void {
    const n = this.#next;
    const tell = (what: string) => this.#tell({ n, place, what });
    this.#entries++;
    this.#lastPlace = place;
    // Such a thing has no number either: what follows goes on from before it.
    if (text === undefined || hash === undefined) return tell("it is no entry of a trail: its fields are not e and h");
    const actual = hashOf(text);
    if (actual !== hash) tell(`its text was changed: its hash is ${short(actual)} and not ${short(hash)}, as it says`);
    const entry = readEntry(text);
    const found = numberOf(text) ?? n;
    if (typeof entry === "string") tell(entry);
    if (found !== n) {
      tell(numbering(n, found));
      this.#gaps += Math.max(0, found - n);
    } else if (typeof entry !== "string" && entry.previous !== this.#head) {
      tell(`it follows an entry with the hash ${short(entry.previous)}, and the one before has ${short(this.#head)}`);
    }
    this.#next = found + 1;
    if (typeof entry !== "string") this.#take(entry);
    // What the next entry names is the hash that stood there when that was written.
    this.#head = hash;
    this.#earlierFound ||= hash === this.#earlier;
  }

  /** What was found, with what the storage counted up to the last entry taken; `undefined` where there is nothing at all. */
  end(counters: ChainCounters | undefined): ChainReport {
    this.#checkCounters(counters ?? { added: 0, deletedUpTo: undefined });
    if (this.#earlier !== undefined && this.#earlier !== noHash && !this.#earlierFound) {
      const what = `no entry has the hash ${short(this.#earlier)}, which was the last one once: the trail was cut or replaced`;
      this.#tell({ n: this.#next, place: undefined, what });
    }
    const unfinished = [...this.#unfinished.values()];
    return { entries: this.#entries, head: this.#head, headAt: this.#headAt, breaks: this.#breaks, unfinished };
  }

  #take(entry: TrailEntry): void {
    const { n, at, deed, actor } = entry;
    this.#headAt = at;
    if (entry.phase === "begin") this.#unfinished.set(n, { n, at, deed, actor });
    else this.#unfinished.delete(entry.of);
  }

  /** What was cut off at the end leaves no gap in the numbers; the storage remembers it. */
  #checkCounters({ added, deletedUpTo }: ChainCounters): void {
    const missing = added - this.#entries;
    const fromEnd =
      deletedUpTo !== undefined && (this.#lastPlace === undefined || isAfter(deletedUpTo, this.#lastPlace));
    if (missing === this.#gaps && !fromEnd) return;
    const counted = `${added} entries were added and ${this.#entries} are there`;
    const upTo = deletedUpTo === undefined ? "" : `; the last that was deleted was at ${deletedUpTo}`;
    const what =
      missing > 0
        ? `${fromEnd ? "the end was cut off" : "entries were deleted"}: ${counted}${upTo}`
        : `what Redis counts was changed: ${counted}`;
    this.#tell({ n: this.#next, place: deletedUpTo, what });
  }

  #tell(found: ChainBreak): void {
    if (this.#breaks.length < mostBreaks) this.#breaks.push(found);
  }
}

function numbering(expected: number, found: number): string {
  if (found < expected) return `its number is ${found}: it stands there again, or was moved`;
  const missing = found - expected;
  return `its number is ${found}: ${missing === 1 ? `entry ${expected} is` : `entries ${expected} to ${found - 1} are`} missing before it`;
}

/** A hash by its beginning, as far as it is one. */
function short(hash: string): string {
  return `${hash.slice(0, 12)}…`;
}

/** Whether a place in a stream, `ms-sequence`, comes after another. */
function isAfter(a: string, b: string): boolean {
  const [aMs = 0, aSequence = 0] = a.split("-").map(Number);
  const [bMs = 0, bSequence = 0] = b.split("-").map(Number);
  return aMs > bMs || (aMs === bMs && aSequence > bSequence);
}
