import type { DirectorySession } from "../core/ports.js";
import type { Layout } from "./layout.js";
import { UndecodableError } from "./formats/plain.js";
import type { Stored } from "./layout.js";

/** Keys that one layout may have written under one prefix. */
export interface Candidate {
  readonly layout: Layout;
  readonly prefix: string;
  /** Those of the sample. */
  readonly keys: readonly string[];
}

/** How a candidate's values read. */
export interface Verdict {
  /** Surely sessions of the layout. */
  readonly sessions: number;
  /** Neither sessions nor, by the layout's own word, something else. */
  readonly unreadable: number;
}

/** A layout found in use. */
export interface Detected {
  readonly layout: Layout;
  readonly prefix: string;
  /** About how many sessions there are: as many as the sample says. */
  readonly sessions: number;
}

/** What a sample of a keyspace shows. */
export interface Detection {
  /** The most sessions first. */
  readonly found: readonly Detected[];
  /** Keys looked at, of how many. */
  readonly looked: number;
  readonly keys: number;
}

/** What a Redis holds, with some sessions of each layout. */
export interface Survey extends Detection {
  /** Native sessions of the namespace. */
  readonly native: number;
  readonly found: readonly (Detected & { readonly sample: readonly DirectorySession[] })[];
}

/** Most candidates whose values are looked at; under the frameworks' own prefixes first, then those with most keys. */
const mostCandidates = 60;

/** Candidates that a prefix alone may show: what is before a session's id must not be a part of it. */
const plainPrefix = /^(?:[a-z]+[:_./-]+){1,6}$/i;

/** What the names of a sample of keys may be. `prefix`: only keys under it, however they go on. */
export function candidatesOf(
  names: readonly string[],
  layouts: readonly Layout[],
  prefix?: string,
): readonly Candidate[] {
  const groups = new Map<string, { layout: Layout; prefix: string; keys: string[] }>();
  for (const key of names) {
    for (const layout of layouts) {
      const found = prefix ?? prefixIn(key, layout);
      if (found === undefined || !key.startsWith(found) || key.length === found.length) continue;
      if (layout.keys.isSession?.(key.slice(found.length)) === false) continue;
      const name = `${layout.name} ${found}`;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, { layout, prefix: found, keys: [key] });
      else group.keys.push(key);
    }
  }
  return [...groups.values()]
    .filter((group) => group.keys.length > 1 || mayBeShown(group, prefix))
    .toSorted((a, b) => Number(isUsual(b)) - Number(isUsual(a)) || b.keys.length - a.keys.length)
    .slice(0, mostCandidates);
}

/** Whether a record is surely a session of a layout, is something else, or cannot be read. */
export function recognise(layout: Layout, stored: Stored): "session" | "other" | "unreadable" {
  try {
    if (layout.decode(stored) === undefined) return "other";
    return (layout.recognises?.(stored) ?? true) ? "session" : "other";
  } catch (error) {
    if (error instanceof UndecodableError) return "unreadable";
    throw error;
  }
}

/** A candidate with what its values say. */
export interface Judged extends Candidate, Verdict {}

/** The candidates that are layouts in use, each key in one of them: the most sessions first. */
export function inUse(judged: readonly Judged[]): readonly Judged[] {
  const taken: Judged[] = [];
  for (const candidate of judged.toSorted((a, b) => b.sessions - a.sessions || a.prefix.length - b.prefix.length)) {
    if (candidate.sessions === 0 || candidate.unreadable > candidate.sessions) continue;
    if (!taken.some((other) => overlap(other, candidate))) taken.push(candidate);
  }
  return taken;
}

function overlap(a: Judged, b: Judged): boolean {
  const [outer, inner] = a.prefix.length <= b.prefix.length ? [a, b] : [b, a];
  if (outer.prefix === inner.prefix) return outer.keys.some((key) => inner.keys.includes(key));
  const { isSession } = outer.layout.keys;
  return inner.keys.some(
    (key) =>
      key.startsWith(outer.prefix) && (isSession?.(key.slice(outer.prefix.length)) ?? outer.layout === inner.layout),
  );
}

/** No framework's key is as long; what is sought in one may take the square of its length, and anybody may choose that. */
const longestKey = 512;

/** The prefix that a key would have if this layout had written it; `undefined` when it cannot have. */
function prefixIn(key: string, { keys }: Layout): string | undefined {
  if (keys.prefix !== "" && key.startsWith(keys.prefix)) return keys.prefix;
  const match = key.length > longestKey ? null : keys.usualRest.exec(key);
  if (match === null) return undefined;
  const prefix = key.slice(0, match.index);
  // In the middle of a word it is by chance, and would tell a part of somebody's secret.
  return /[A-Za-z0-9]$/.test(prefix) ? undefined : prefix;
}

/** Whether it is what the framework writes unless told otherwise: a few such keys among many others must not be overlooked. */
function isUsual({ layout, prefix }: Candidate): boolean {
  return prefix === layout.keys.prefix;
}

function mayBeShown({ layout, prefix }: Candidate, given: string | undefined): boolean {
  return prefix === given || prefix === layout.keys.prefix || plainPrefix.test(prefix);
}
