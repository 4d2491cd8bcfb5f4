import type { WatchedAudit } from "../app/watch/findings.js";
import type { Look } from "../app/watch/look.js";
import type { WatchedSession } from "../app/watch/session.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { SessionId } from "../core/token.js";
import type { Access } from "./access.js";
import type { Dialog } from "./dialog.js";
import { type DetailsPage, type Filter, firstTabs, type Page, type SessionsPage, type Tabs } from "./pages.js";
import type { Problem } from "./problem.js";
import { noPulse, type Pulse } from "./pulse.js";
import type { Size } from "./size.js";
import type { Target } from "./target.js";

/** Whether the last read succeeded; `down` since the first that did not. */
export type Link =
  | { readonly kind: "connecting" }
  | { readonly kind: "up" }
  | { readonly kind: "down"; readonly since: number; readonly problem: Problem };

/** What one look adds to the graphs. */
export interface Sample {
  readonly active: number;
  readonly flagged: number;
}

/** The audit in the background, and what the last one found. */
export interface AuditState {
  /** Sessions read by the audit under way; `undefined` while there is none. */
  readonly read: number | undefined;
  readonly last: WatchedAudit | undefined;
  /** Of the sessions that it found, those that have ended since. */
  readonly ended: ReadonlySet<SessionId>;
  readonly problem: Problem | undefined;
}

/** A session that has just gone, and why as far as it is known. */
export interface Vanished {
  readonly row: WatchedSession;
  /** When the screen heard of it. */
  readonly at: number;
  readonly why: SafeText;
}

/** One line of what became of a change. */
export interface ResultLine {
  readonly target: Target;
  readonly good: boolean;
  readonly text: SafeText;
}

/** What lies over the page and has the keys. */
export type Overlay =
  | { readonly kind: "filter"; /** The filter that Escape brings back. */ readonly before: Filter }
  | { readonly kind: "sort"; /** Index in `sessionColumns`. */ readonly choice: number }
  | { readonly kind: "group"; /** Index in `groupings`. */ readonly choice: number }
  | Dialog
  | {
      readonly kind: "result";
      readonly title: string;
      readonly lines: readonly ResultLine[];
      readonly scroll: number;
    }
  | { readonly kind: "help"; readonly scroll: number };

/** One line that stays until Escape or the next one. */
export interface Notice {
  readonly tone: "good" | "warning" | "danger";
  readonly text: SafeText;
}

/** What is settled before the first frame and never changes. */
export interface Settings {
  readonly label: SafeText;
  readonly layout: SafeText;
  readonly access: Access;
  /** What the layout makes of an expiry brought forward. */
  readonly expire: "lasting" | "until-touch" | "none";
  /** Whether the layout writes down what happens. */
  readonly events: boolean;
  /** The screen changes with what is read and typed, never with time alone. */
  readonly still: boolean;
}

/** Everything that the screen shows. Changed by the reducer alone. */
export interface TopState {
  readonly settings: Settings;
  /** Whether changes are held back; always so when the access is read-only, and at first when it is protected. */
  readonly locked: boolean;
  readonly size: Size;
  /** ms since 1970, as of the last event that told the time. */
  readonly now: number;
  readonly intervalMs: number;
  /** Since when it is paused. */
  readonly pausedAt: number | undefined;
  readonly link: Link;
  /** Since when a look is under way; there is never more than one. */
  readonly lookingSince: number | undefined;
  /** Whether another look is wanted as soon as that one is back. */
  readonly lookAgain: boolean;
  readonly nextLookAt: number;
  readonly look: Look | undefined;
  /** Oldest first. */
  readonly history: readonly Sample[];
  /** Sessions ended from here, and when, until a look that began later: an older one may still have them. */
  readonly ended: ReadonlyMap<SessionId, number>;
  /** Sessions that have just gone: they stay on the screen a moment, marked. */
  readonly vanished: ReadonlyMap<SessionId, Vanished>;
  readonly pulse: Pulse;
  /** Whether there is data on where addresses are; in words, why there is none. */
  readonly geography: "unknown" | "there" | SafeText;
  /** What is read beside the look, and when it is due. */
  readonly reads: Reads;
  readonly audit: AuditState;
  readonly tab: keyof Tabs;
  readonly tabs: Tabs;
  /** What was opened from the tab, the last on top. */
  readonly over: readonly (SessionsPage | DetailsPage)[];
  readonly overlay: Overlay | undefined;
  readonly notice: Notice | undefined;
  /** The change under way; there is never more than one. */
  readonly running: Running | undefined;
}

/** A change under way. */
export interface Running {
  readonly action: Dialog["action"];
  readonly targets: readonly Target[];
  readonly done: number;
}

/** What is read beside the look: of each at most one at a time. */
export interface Reads {
  readonly events: boolean;
  readonly rows: boolean;
  readonly own: boolean;
  readonly nextLoadAt: number;
  readonly nextUsersAt: number;
}

/** What the first state is made from. */
export interface StartOptions {
  readonly label: string;
  readonly layout: string;
  readonly access: Access;
  readonly expire: Settings["expire"];
  readonly events: boolean;
  readonly still: boolean;
  readonly size: Size;
  readonly now: number;
  readonly intervalMs: number;
}

/** The state before anything was read. */
export function startState(options: StartOptions): TopState {
  const { label, layout, access, expire, events, still, size, now, intervalMs } = options;
  return {
    settings: { label: safe(label), layout: safe(layout), access, expire, events, still },
    locked: access.kind !== "open",
    size,
    now,
    intervalMs,
    pausedAt: undefined,
    link: { kind: "connecting" },
    lookingSince: undefined,
    lookAgain: false,
    nextLookAt: now,
    look: undefined,
    history: [],
    ended: new Map(),
    vanished: new Map(),
    pulse: events ? noPulse : { ...noPulse, told: "never" },
    geography: "unknown",
    reads: { events: false, rows: false, own: false, nextLoadAt: now, nextUsersAt: now },
    audit: { read: undefined, last: undefined, ended: new Set(), problem: undefined },
    tab: "sessions",
    tabs: firstTabs,
    over: [],
    overlay: undefined,
    notice: undefined,
    running: undefined,
  };
}

/** The page that has the screen. */
export function pageOf(state: TopState): Page {
  return state.over.at(-1) ?? state.tabs[state.tab];
}

/** The state with another page in that one's place. */
export function withPage(state: TopState, page: Page): TopState {
  if (state.over.length > 0 && (page.kind === "sessions" || page.kind === "details")) {
    return { ...state, over: [...state.over.slice(0, -1), page] };
  }
  return page.kind === "details" ? state : { ...state, tabs: { ...state.tabs, [page.kind]: page } };
}

/** The instant that relative times count from: of the data when they stand still, else now. */
export function asOf(state: TopState): number {
  const still = state.pausedAt !== undefined || state.link.kind === "down" || state.settings.still;
  return still ? (state.look?.at ?? state.now) : state.now;
}
