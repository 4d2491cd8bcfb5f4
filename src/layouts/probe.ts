import type { Json, SessionData } from "../core/session.js";
import type { Layout } from "./layout.js";
import { type MappedField, mappedFields, type Mapping, textAt } from "./mapping.js";

/** What one path in sessions' data would give, without saying what it is. */
export interface ProbedPath {
  /** As `--map` takes it. */
  readonly path: string;
  /** In how many of the sessions it holds a text or a number. */
  readonly sessions: number;
  /** How many different values there are. */
  readonly distinct: number;
  /** What the values look like, in words. */
  readonly looksLike: string;
  /** What is read from it now, by `--map` or by a guess. */
  readonly takenFor: MappedField | undefined;
  /** What it may be, by its values: worth a mapping. */
  readonly mayBe: MappedField | undefined;
}

/** Names that say whose a session is. */
const userPath =
  /(?:^|[._])(?:user(?:_?(?:id|name))?|uid|login|sub|e?mail)$|(?:^|\.)(?:user|account|member|profile)\.(?:id|name)$/i;
/** Deeper than this nobody keeps a user. */
const deepest = 4;
/** Most paths told. */
const mostPaths = 100;

const shapes: readonly (readonly [form: RegExp, looksLike: string, mayBe?: MappedField])[] = [
  [/^\d{1,3}(?:\.\d{1,3}){3}$/, "IPv4 address", "ip"],
  [/^(?=.*:.*:)[0-9a-f:.]{2,45}$/i, "IPv6 address", "ip"],
  [/^(?:Mozilla\/\d|curl\/|[\w-]+\/\d+(?:\.\d+)+ \()/, "user agent", "ua"],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d/, "time"],
  [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "e-mail address", "user"],
  [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "UUID"],
  [/^\d+$/, "whole number"],
];

/** What each path in these sessions' data would give. No value is told. */
export function probePaths(
  datas: readonly SessionData[],
  { guesses = {} }: Pick<Layout, "guesses">,
  mapping: Mapping,
): readonly ProbedPath[] {
  const values = new Map<string, string[]>();
  for (const data of datas) collect(data, [], values);
  const taken = new Map<string, MappedField>();
  for (const field of mappedFields) {
    const mapped = mapping[field];
    const path = mapped ?? guesses[field]?.find((guess) => datas.some((data) => textAt(data, guess) !== undefined));
    if (path !== undefined) taken.set(path, field);
  }
  return [...values]
    .map(([path, texts]): ProbedPath => {
      const [, looksLike, mayBe] = shapes.find(([form]) => texts.every((text) => form.test(text))) ?? [];
      return {
        path,
        sessions: texts.length,
        distinct: new Set(texts).size,
        looksLike: looksLike ?? lengthsOf(texts),
        takenFor: taken.get(path),
        mayBe: mayBe ?? (userPath.test(path) && looksLike !== "time" ? "user" : undefined),
      };
    })
    .toSorted((a, b) => Number(b.takenFor !== undefined) - Number(a.takenFor !== undefined) || b.sessions - a.sessions)
    .slice(0, mostPaths);
}

function collect(value: Json, names: readonly string[], values: Map<string, string[]>): void {
  if (names.length > deepest || value === null || typeof value === "boolean") return;
  if (typeof value === "object") {
    if (Array.isArray(value)) return;
    for (const [name, member] of Object.entries(value)) collect(member, [...names, name], values);
    return;
  }
  const path = names.map((name) => name.replaceAll(/[\\.]/g, String.raw`\$&`)).join(".");
  const text = String(value);
  if (text === "") return;
  const before = values.get(path);
  if (before === undefined) values.set(path, [text]);
  else before.push(text);
}

function lengthsOf(texts: readonly string[]): string {
  const lengths = texts.map((text) => text.length);
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  return `text of ${least === most ? least : `${least} to ${most}`}`;
}
