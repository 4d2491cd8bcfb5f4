import { bytesOf, type Fixture, type FixtureKey } from "../../helpers/fixture.js";

/** A key of a fixture with what a test wants of it: its name, its value as text, and when it ends if TTLs count from `at`. */
export interface FixtureEntry {
  readonly key: string;
  readonly text: string;
  readonly hash: Readonly<Record<string, string>>;
  readonly endsAt: number;
}

/** The keys of a fixture whose names have this form. Names differ each time a fixture is made; what is in them does not. */
export function entriesOf(fixture: Fixture, form: RegExp, at: number): readonly FixtureEntry[] {
  const entries = fixture.keys.map((key) => entryOf(key, at)).filter(({ key }) => form.test(key));
  if (entries.length === 0) throw new Error(`no key of the fixture is like ${form}`);
  return entries;
}

function entryOf({ key, string, hash, ttlMs }: FixtureKey, at: number): FixtureEntry {
  return {
    key: bytesOf(key).toString("utf8"),
    text: string === undefined ? "" : bytesOf(string).toString("utf8"),
    hash: Object.fromEntries(
      Object.entries(hash ?? {}).map(([name, value]) => [name, bytesOf(value).toString("utf8")]),
    ),
    endsAt: ttlMs === null ? Infinity : at + ttlMs,
  };
}

/** The first group that a form has in a text. */
export function found(text: string, form: RegExp): string {
  const group = form.exec(text)?.[1];
  if (group === undefined) throw new Error(`nothing like ${form}`);
  return group;
}
