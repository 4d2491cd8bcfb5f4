import { hash } from "node:crypto";
import type { SessionId } from "./token.js";

/** What operators do to sessions, and to what is kept about them. */
export type Deed = "revoke" | "expire" | "repair";

const deeds: readonly Deed[] = ["revoke", "expire", "repair"];

/** What an operator is about to do. */
export interface Intent {
  readonly deed: Deed;
  /** Who, as in `alice@host`. */
  readonly actor: string | undefined;
  readonly reason: string | undefined;
  /** How the sessions were chosen, as in `--user alice`. */
  readonly selection: string | undefined;
  /** Of which layout they are. */
  readonly layout: string;
  /** With `expire`: when they are to end, ms since 1970. */
  readonly endsAt?: number | undefined;
  /** When every session created before an instant (ms) ends at once: that instant. */
  readonly cutoff?: number | undefined;
  /** How many sessions are meant. */
  readonly count: number;
  /** Which; only the first `idsKept` of them are written. */
  readonly ids: readonly SessionId[];
}

/** What became of what an operator began. */
export interface Outcome {
  /** How many sessions had which outcome, as in `{ revoked: 3, gone: 1 }`. */
  readonly done: Readonly<Record<string, number>>;
  /** How many were not come to. */
  readonly left: number;
  /** What stopped it, when something did: `interrupted`, or an error. */
  readonly stopped: string | undefined;
}

/** What can be written into the trail: the beginning of something, or its end, which names the number of the beginning. */
export type TrailStep =
  | ({ readonly phase: "begin" } & Intent)
  | ({ readonly phase: "end"; readonly of: number } & Pick<Intent, "deed" | "actor"> & Outcome);

/** A step with its place in the chain. */
export type TrailEntry = TrailStep & {
  /** 1 for the first. */
  readonly n: number;
  /** Hash of the entry before; of the first it is 64 zeros. */
  readonly previous: string;
  /** When it was written, ms since 1970. */
  readonly at: number;
};

/** The text of an entry and the hash of exactly that text, as they are stored. */
export interface SealedEntry {
  readonly text: string;
  readonly hash: string;
}

/** Ids written into an entry; the count tells of the rest. */
export const idsKept = 100;

/** Longest text of a member, in UTF-16 code units; the rest is cut. */
const textKept = 1000;

/** What stands for the hash before the first entry. */
export const noHash = "0".repeat(64);

/** The SHA-256 of an entry's text in UTF-8, in hex. */
export function hashOf(text: string): string {
  return hash("sha256", text);
}

/** Writes an entry down. */
export function sealEntry(entry: TrailEntry): SealedEntry {
  const text = JSON.stringify({
    v: 1,
    n: entry.n,
    prev: entry.previous,
    at: entry.at,
    phase: entry.phase,
    do: entry.deed,
    by: cut(entry.actor),
    ...(entry.phase === "begin" ? begun(entry) : ended(entry)),
  });
  return { text, hash: hashOf(text) };
}

function begun({ reason, selection, layout, endsAt, cutoff, count, ids }: Intent) {
  return {
    why: cut(reason),
    how: cut(selection),
    layout: cut(layout),
    until: endsAt,
    cutoff,
    count,
    ids: ids.slice(0, idsKept),
  };
}

function ended({ of, done, left, stopped }: Outcome & { readonly of: number }) {
  return { of, done, left, stopped: cut(stopped) };
}

function cut(text: string | undefined): string | undefined {
  return text !== undefined && text.length > textKept ? `${text.slice(0, textKept)}…` : text;
}

/** Reads an entry's text; a string says why it is none. Members that are not known are passed over. */
export function readEntry(text: string): TrailEntry | string {
  const raw = parsed(text);
  if (raw === undefined) return "its text is no JSON object";
  const version = raw["v"];
  if (version !== 1) return `its version is ${JSON.stringify(version) ?? "missing"}; this program knows version 1`;
  const deed = deeds.find((known) => known === raw["do"]);
  const n = count(raw["n"]);
  const at = count(raw["at"]);
  const previous = raw["prev"];
  if (n === undefined || at === undefined || typeof previous !== "string" || deed === undefined) {
    return "a member that every entry has is missing or of another kind";
  }
  const place = { n, previous, at, deed, actor: textOf(raw["by"]) };
  if (raw["phase"] === "begin") {
    return {
      ...place,
      phase: "begin",
      reason: textOf(raw["why"]),
      selection: textOf(raw["how"]),
      layout: textOf(raw["layout"]) ?? "",
      endsAt: count(raw["until"]),
      cutoff: count(raw["cutoff"]),
      count: count(raw["count"]) ?? 0,
      ids: Array.isArray(raw["ids"]) ? raw["ids"].filter((id) => typeof id === "string") : [],
    };
  }
  const of = count(raw["of"]);
  if (raw["phase"] !== "end" || of === undefined) return "it is neither a beginning nor the end of one";
  const done = Object.entries(objectOf(raw["done"]) ?? {}).flatMap(([word, times]) =>
    typeof times === "number" ? [[word, times] as const] : [],
  );
  return {
    ...place,
    phase: "end",
    of,
    done: Object.fromEntries(done),
    left: count(raw["left"]) ?? 0,
    stopped: textOf(raw["stopped"]),
  };
}

/** The number in a text that may be an entry of any version. */
export function numberOf(text: string): number | undefined {
  return count(parsed(text)?.["n"]);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function count(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
