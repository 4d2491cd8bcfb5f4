import { grouped } from "../core/grouped.js";
import type { Capabilities } from "../core/ports.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { ProbedPath } from "../layouts/probe.js";
import type { Column } from "./formats/format.js";
import { say } from "./say.js";

/** A layout as `sessctl layouts` tells it. */
export interface LayoutRow {
  readonly name: string;
  readonly title: string;
  /** What its keys look like, here or by default. */
  readonly keys: string;
  /** About how many sessions are in this Redis; `undefined` where none was looked at. */
  readonly found: number | undefined;
  readonly capabilities: Capabilities;
  readonly notes: readonly string[];
}

const yes = (is: boolean): SafeText => (is ? say`yes` : say`-`);

/** The fields of a layout. */
export const layoutColumns: readonly Column<LayoutRow>[] = [
  {
    name: "layout",
    type: "text",
    about: "its name, for --layout",
    value: ({ name }) => name,
    forPeople: { title: "LAYOUT", cell: ({ name }, { paint }) => paint("accent", safe(name)) },
  },
  {
    name: "found",
    type: "number?",
    about: "about how many sessions of it are in this Redis; null where Redis was not looked at",
    value: ({ found }) => found ?? null,
    forPeople: {
      title: "FOUND",
      cell: ({ found }) => (found === undefined || found === 0 ? say`-` : say`${grouped(found)}`),
      align: "right",
    },
  },
  {
    name: "keys",
    type: "text",
    about: "what its keys look like: as found here, else as its framework has them",
    value: ({ keys }) => keys,
    forPeople: { title: "KEYS", cell: ({ keys }) => safe(keys), least: 10 },
  },
  {
    name: "created",
    type: "boolean",
    about: "whether it tells when a session began",
    value: ({ capabilities }) => capabilities.created,
    forPeople: { title: "CREATED", cell: ({ capabilities }) => yes(capabilities.created) },
  },
  {
    name: "lastSeen",
    type: "text",
    about: "last activity: exact, ttl (from the TTL, once the idle window is known), none",
    value: ({ capabilities }) => capabilities.lastSeen,
    forPeople: { title: "LAST SEEN", cell: ({ capabilities }) => safe(capabilities.lastSeen) },
  },
  {
    name: "client",
    type: "boolean",
    about: "whether it may tell address and browser",
    value: ({ capabilities }) => capabilities.client,
    forPeople: { title: "CLIENT", cell: ({ capabilities }) => yes(capabilities.client) },
  },
  {
    name: "expire",
    type: "text",
    about: "an end brought forward: lasting, until-touch (the next request may undo it), none",
    value: ({ capabilities }) => capabilities.expire,
    forPeople: { title: "EXPIRE", cell: ({ capabilities }) => safe(capabilities.expire) },
  },
  {
    name: "byUser",
    type: "text",
    about: "how a user's sessions are found",
    value: ({ capabilities }) => capabilities.byUser,
  },
  {
    name: "recent",
    type: "text",
    about: "how the most recent are found",
    value: ({ capabilities }) => capabilities.recent,
  },
  {
    name: "deadline",
    type: "boolean",
    about: "whether there is an absolute end",
    value: ({ capabilities }) => capabilities.deadline,
  },
  {
    name: "switches",
    type: "boolean",
    about: "whether earlier clients are kept",
    value: ({ capabilities }) => capabilities.switches,
  },
  {
    name: "events",
    type: "boolean",
    about: "whether what happens is kept",
    value: ({ capabilities }) => capabilities.events,
  },
  {
    name: "writer",
    type: "text",
    about: "who writes it",
    value: ({ title }) => title,
    forPeople: { title: "WRITTEN BY", cell: ({ title }) => safe(title), least: 12 },
  },
  { name: "notes", type: "texts", about: "what to know beside", value: ({ notes }) => [...notes] },
];

/** A path in the data of sampled sessions. */
export interface ProbeRow {
  readonly layout: string;
  readonly probed: ProbedPath;
  /** How many sessions were looked at. */
  readonly of: number;
}

/** The fields of what `sessctl layouts --probe` tells. */
export const probeColumns: readonly Column<ProbeRow>[] = [
  {
    name: "layout",
    type: "text",
    about: "whose sessions",
    value: ({ layout }) => layout,
    forPeople: { title: "LAYOUT", cell: ({ layout }) => safe(layout) },
  },
  {
    name: "path",
    type: "text",
    about: "as --map takes it",
    value: ({ probed: { path } }) => path,
    forPeople: { title: "PATH", cell: ({ probed: { path } }, { paint }) => paint("accent", safe(path)), least: 12 },
  },
  {
    name: "sessions",
    type: "number",
    about: "in how many sessions it holds something",
    value: ({ probed: { sessions } }) => sessions,
    forPeople: { title: "IN", cell: ({ probed: { sessions }, of }) => say`${sessions} of ${of}`, align: "right" },
  },
  {
    name: "distinct",
    type: "number",
    about: "how many different values",
    value: ({ probed: { distinct } }) => distinct,
    forPeople: { title: "DIFFERENT", cell: ({ probed: { distinct } }) => say`${distinct}`, align: "right" },
  },
  {
    name: "looksLike",
    type: "text",
    about: "what the values look like; they themselves are not told",
    value: ({ probed: { looksLike } }) => looksLike,
    forPeople: { title: "LOOKS LIKE", cell: ({ probed: { looksLike } }) => safe(looksLike), least: 10 },
  },
  {
    name: "takenFor",
    type: "text?",
    about: "what is read from it now: user, ip, ua, level",
    value: ({ probed: { takenFor } }) => takenFor ?? null,
    forPeople: { title: "TAKEN FOR", cell: ({ probed: { takenFor } }) => safe(takenFor ?? "") },
  },
  {
    name: "mayBe",
    type: "text?",
    about: "what it may be, by its name and values",
    value: ({ probed: { mayBe } }) => mayBe ?? null,
    forPeople: { title: "MAY BE", cell: ({ probed: { mayBe } }) => safe(mayBe ?? "") },
  },
];
