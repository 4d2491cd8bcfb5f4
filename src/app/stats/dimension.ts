import type { GeoReader } from "../../clients/geography/geo-reader.js";
import type { ClientReader } from "../../core/binding.js";
import type { DirectorySession } from "../../core/ports.js";

/** What tells about a session beside the session itself. */
export interface StatsView {
  /** ms since 1970. */
  readonly now: number;
  readonly reader: ClientReader;
  /** Left out where nothing is asked that it tells. */
  readonly geo: GeoReader | undefined;
}

interface Naming {
  /** In lower case, as `--by` names it. */
  readonly name: string;
  /** Over the picture. */
  readonly title: string;
  readonly about: string;
  /** Why it cannot be told with this view; left out when it always can. */
  readonly lacks?: (view: StatsView) => string | undefined;
}

/** A question whose answers are words: the most frequent are shown. `undefined` where a session does not tell. */
export interface WordDimension extends Naming {
  readonly kind: "words";
  readonly of: (session: DirectorySession, view: StatsView) => string | undefined;
}

/** A question whose answers are numbers: they are shown by ranges. `Infinity` is one of its own, of what never comes. */
export interface NumberDimension extends Naming {
  readonly kind: "numbers";
  readonly unit: "ms" | "bytes" | "count";
  /** Where ranges begin but the first, in order; the last has no end. */
  readonly bounds: readonly number[];
  readonly of: (session: DirectorySession, view: StatsView) => number | undefined;
}

/** What sessions are counted by. */
export type Dimension = WordDimension | NumberDimension;
