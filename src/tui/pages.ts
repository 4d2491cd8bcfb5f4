import type { Filter as Compiled } from "../app/filter/compile.js";
import type { Group, GroupBy } from "../app/watch/groups.js";
import type { WatchedSession } from "../app/watch/session.js";
import type { DirectorySession } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";
import type { SessionId } from "../core/token.js";
import type { SessionSort } from "./columns/sessions.js";
import type { Problem } from "./problem.js";
import type { Target } from "./target.js";

/** A place in a list: the selected line, and the first one on the screen. */
export interface Place {
  readonly cursor: number;
  readonly top: number;
}

/** A filter as it is typed and as it is in force. */
export interface Filter {
  readonly text: string;
  /** The text in force; another than `text` while that is being read, or has a mistake. */
  readonly inForce: string;
  /** With an expression in force: what it says of a session. Without one the text is words. */
  readonly compiled: Compiled<DirectorySession> | undefined;
  /** Why `text` is not in force. */
  readonly mistake: Problem | undefined;
}

/** Which sessions a list is of. */
export type Scope =
  | { readonly kind: "recent" }
  | {
      readonly kind: "group";
      readonly by: GroupBy;
      readonly name: SafeText | undefined;
      readonly users: readonly string[] | undefined;
    }
  | {
      readonly kind: "ids";
      readonly title: SafeText;
      readonly ids: readonly SessionId[];
      /** Whether they are marked as soon as they are read, since they are what is to be changed. */
      readonly marked: boolean;
    };

/** A list of sessions. */
export interface SessionsPage extends Place {
  readonly kind: "sessions";
  readonly scope: Scope;
  /** The sessions of a scope that is read by itself; `undefined` before they were read, and for the most recent. */
  readonly own: readonly WatchedSession[] | undefined;
  readonly filter: Filter;
  readonly sort: SessionSort;
  /** The rows that pass the filter, sorted. */
  readonly shown: readonly WatchedSession[];
  /** The session that the cursor stays on. */
  readonly following: SessionId | undefined;
  readonly marks: ReadonlyMap<SessionId, Target>;
}

/** Everything about one session. */
export interface DetailsPage {
  readonly kind: "details";
  /** As last read; kept when the session is gone. */
  readonly row: WatchedSession;
  readonly gone: boolean;
  readonly scroll: number;
}

/** The most recent sessions by what they have in common. */
export interface GroupsPage extends Place {
  readonly kind: "groups";
  readonly by: GroupBy;
  readonly shown: readonly Group[];
}

/** What the last audit found. */
export interface FindingsPage extends Place {
  readonly kind: "findings";
}

/** What happens to sessions, the latest first. */
export interface EventsPage extends Place {
  readonly kind: "events";
}

/** The views that Tab goes through. */
export interface Tabs {
  readonly sessions: SessionsPage;
  readonly groups: GroupsPage;
  readonly findings: FindingsPage;
  readonly events: EventsPage;
}

/** What fills the screen between header and footer. */
export type Page = SessionsPage | DetailsPage | GroupsPage | FindingsPage | EventsPage;

/** No filter. */
export const noFilter: Filter = { text: "", inForce: "", compiled: undefined, mistake: undefined };

const start: Place = { cursor: 0, top: 0 };

/** A list of sessions before anything was done to it. */
export function sessionsPage(scope: Scope, marks: SessionsPage["marks"] = new Map()): SessionsPage {
  return {
    kind: "sessions",
    ...start,
    scope,
    own: undefined,
    filter: noFilter,
    sort: { column: "idle", inverted: false },
    shown: [],
    following: undefined,
    marks,
  };
}

/** All views as they are at first. */
export const firstTabs: Tabs = {
  sessions: sessionsPage({ kind: "recent" }),
  groups: { kind: "groups", ...start, by: "user", shown: [] },
  findings: { kind: "findings", ...start },
  events: { kind: "events", ...start },
};
