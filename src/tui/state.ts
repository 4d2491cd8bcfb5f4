import type { Look, WatchedSession } from "../app/watch.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { SessionId } from "../core/token.js";
import type { Sort } from "./columns.js";
import type { Dialog } from "./dialog.js";
import type { Target } from "./target.js";

/** Size of the terminal in character cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** An expected failure as it is shown. */
export interface Problem {
  readonly code: string;
  readonly message: SafeText;
}

/** Whether the last read succeeded; `down` since the first that did not. */
export type Link =
  | { readonly kind: "connecting" }
  | { readonly kind: "up" }
  | { readonly kind: "down"; readonly since: number; readonly problem: Problem };

/** What one look adds to the graphs. `created`: sessions created since the look before. */
export interface Sample {
  readonly active: number;
  readonly created: number;
  readonly flagged: number;
}

/** What fills the screen between header and footer. */
export type Page =
  | { readonly kind: "table" }
  | {
      readonly kind: "details";
      /** As last read; kept when the session is gone. */
      readonly row: WatchedSession;
      readonly gone: boolean;
      readonly scroll: number;
    };

/** One line of what became of a change. */
export interface ResultLine {
  readonly target: Target;
  readonly good: boolean;
  readonly text: SafeText;
}

/** What lies over the page and has the keys. */
export type Overlay =
  | { readonly kind: "filter"; /** The filter that Escape brings back. */ readonly before: string }
  | { readonly kind: "sort"; /** Index in `columns`. */ readonly choice: number }
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
  readonly readOnly: boolean;
  /** What the layout makes of an expiry brought forward. */
  readonly expire: "lasting" | "until-touch" | "none";
}

/** Everything that the screen shows. Changed by the reducer alone. */
export interface TopState {
  readonly settings: Settings;
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
  readonly sort: Sort;
  readonly filter: string;
  /** The rows of the look that pass the filter, sorted. */
  readonly shown: readonly WatchedSession[];
  /** Index in `shown` of the selected row. */
  readonly cursor: number;
  /** Index in `shown` of the first row on the screen. */
  readonly top: number;
  /** The session that the cursor stays on. */
  readonly following: SessionId | undefined;
  readonly marks: ReadonlyMap<SessionId, Target>;
  readonly page: Page;
  readonly overlay: Overlay | undefined;
  readonly notice: Notice | undefined;
  /** The change under way; there is never more than one. */
  readonly running: { readonly action: Dialog["action"]; readonly targets: readonly Target[] } | undefined;
}

/** What the first state is made from. */
export interface StartOptions {
  readonly label: string;
  readonly layout: string;
  readonly readOnly: boolean;
  readonly expire: Settings["expire"];
  readonly size: Size;
  readonly now: number;
  readonly intervalMs: number;
}

/** The state before anything was read. */
export function startState(options: StartOptions): TopState {
  const { label, layout, readOnly, expire, size, now, intervalMs } = options;
  return {
    settings: { label: safe(label), layout: safe(layout), readOnly, expire },
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
    sort: { column: "idle", inverted: false },
    filter: "",
    shown: [],
    cursor: 0,
    top: 0,
    following: undefined,
    marks: new Map(),
    page: { kind: "table" },
    overlay: undefined,
    notice: undefined,
    running: undefined,
  };
}

/** The instant that relative times count from: of the data when they stand still, else now. */
export function asOf(state: TopState): number {
  const still = state.pausedAt !== undefined || state.link.kind === "down";
  return still ? (state.look?.at ?? state.now) : state.now;
}
