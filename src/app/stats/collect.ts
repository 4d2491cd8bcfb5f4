import type { SessionDirectory } from "../../core/ports.js";
import { candidates, type Criteria, matcher, type OnRead } from "../criteria.js";
import type { Dimension, NumberDimension, StatsView, WordDimension } from "./dimension.js";
import { type RangeCounts, Ranges } from "./ranges.js";
import { type WordCounts, Words } from "./words.js";

/** What to count, and how much of it to tell. */
export interface StatsQuery {
  readonly criteria: Criteria;
  readonly dimensions: readonly Dimension[];
  /** Words told of each dimension, the most frequent; 0 is all. */
  readonly top: number;
}

/** What was counted by one dimension. */
export type Counted = {
  /** Sessions that told it. */
  readonly known: number;
  /** Sessions that did not. */
  readonly unknown: number;
} & (
  | { readonly dimension: WordDimension; readonly words: WordCounts }
  | { readonly dimension: NumberDimension; readonly numbers: RangeCounts }
  | { readonly dimension: Dimension; readonly lacks: string }
);

/** How many sessions there are, and what they are like. */
export interface Stats {
  readonly sessions: number;
  /** Different users; the least when `usersCut`. */
  readonly users: number;
  readonly usersCut: boolean;
  /** Sessions without a user. */
  readonly anonymous: number;
  /** Records that cannot be decoded; they are among the sessions, and tell nothing else. */
  readonly corrupt: number;
  readonly counted: readonly Counted[];
}

/** Counts the sessions that are meant in one walk, in memory that is bounded however many they are. */
export async function collectStats(
  directory: SessionDirectory,
  { criteria, dimensions, top }: StatsQuery,
  view: StatsView,
  onRead?: OnRead,
): Promise<Stats> {
  const matches = matcher(criteria, view.now);
  const counters = dimensions.map((dimension) => counterOf(dimension, view));
  const users = new Words();
  let [sessions, anonymous, corrupt] = [0, 0, 0];
  for await (const batch of candidates(directory, criteria, onRead)) {
    for (const session of batch) {
      if (!matches(session)) continue;
      sessions++;
      if (session.corrupt !== undefined) corrupt++;
      else if (session.user === undefined) anonymous++;
      if (session.user !== undefined) users.add(session.user);
      for (const counter of counters) counter.add(session);
    }
  }
  const { distinct, cut } = users.top(1);
  return { sessions, users: distinct, usersCut: cut, anonymous, corrupt, counted: counters.map(({ end }) => end(top)) };
}

interface Counter {
  readonly add: (session: Parameters<Dimension["of"]>[0]) => void;
  readonly end: (top: number) => Counted;
}

function counterOf(dimension: Dimension, view: StatsView): Counter {
  let [known, unknown] = [0, 0];
  const lacks = dimension.lacks?.(view);
  if (lacks !== undefined) {
    return { add: () => unknown++, end: () => ({ dimension, known, unknown, lacks }) };
  }
  const count = <T>(value: T | undefined, add: (value: T) => void) => {
    if (value === undefined) unknown++;
    else {
      known++;
      add(value);
    }
  };
  if (dimension.kind === "words") {
    const words = new Words();
    return {
      add: (session) => count(dimension.of(session, view), (word) => words.add(word)),
      end: (top) => ({ dimension, known, unknown, words: words.top(top) }),
    };
  }
  const ranges = new Ranges(dimension.bounds);
  return {
    add: (session) => count(dimension.of(session, view), (number) => ranges.add(number)),
    end: () => ({ dimension, known, unknown, numbers: ranges.counts() }),
  };
}
