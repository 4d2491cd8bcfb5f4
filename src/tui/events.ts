import type { Filter as Compiled } from "../app/filter/compile.js";
import type { WatchedEvent } from "../app/watch/event.js";
import type { WatchedAudit } from "../app/watch/findings.js";
import type { Look, LookRequest } from "../app/watch/look.js";
import type { WatchedSession } from "../app/watch/session.js";
import type { Change, DirectorySession, ServerLoad } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";
import type { SessionId } from "../core/token.js";
import type { Key } from "./key-names.js";
import type { Problem } from "./problem.js";
import type { Size } from "./size.js";
import type { TopState } from "./state.js";
import type { Target } from "./target.js";

/** Sessions that a list is of when it isn't of the most recent. */
export type OwnQuery =
  | { readonly ids: readonly SessionId[]; readonly users?: undefined }
  | { readonly users: readonly string[]; readonly ids?: undefined };

/** Everything that can happen to the screen. `at` is ms since 1970. */
export type TopEvent =
  | { readonly type: "key"; readonly key: Key }
  /** Text from the clipboard: it is never taken for keys. */
  | { readonly type: "pasted"; readonly text: string }
  | { readonly type: "resized"; readonly size: Size }
  | { readonly type: "tick"; readonly at: number }
  /** Something that the operator should know from the beginning. */
  | { readonly type: "warned"; readonly text: SafeText }
  | { readonly type: "looked"; readonly look: Look }
  | { readonly type: "look-failed"; readonly at: number; readonly problem: Problem }
  /** Sessions read by their ids; those that are missing are gone. Without `rows` they could not be read. */
  | {
      readonly type: "rows-read";
      readonly ids: readonly SessionId[];
      readonly rows: readonly WatchedSession[] | undefined;
    }
  | { readonly type: "own-read"; readonly query: OwnQuery; readonly rows: readonly WatchedSession[] | undefined }
  | {
      readonly type: "events-read";
      readonly at: number;
      /** Oldest first. */
      readonly events: readonly WatchedEvent[];
      readonly passedOver: boolean;
    }
  | { readonly type: "events-failed"; readonly problem: Problem }
  | { readonly type: "load-read"; readonly load: ServerLoad | undefined }
  | { readonly type: "users-counted"; readonly users: number | undefined; readonly exact: boolean }
  /** Data on where addresses are was opened; `lack` says why there is none on countries. */
  | { readonly type: "located"; readonly lack: SafeText | undefined }
  | { readonly type: "audit-progress"; readonly read: number }
  | { readonly type: "audited"; readonly audit: WatchedAudit }
  | { readonly type: "audit-failed"; readonly problem: Problem }
  | {
      readonly type: "filter-compiled";
      readonly text: string;
      readonly result: { readonly compiled: Compiled<DirectorySession> } | { readonly mistake: Problem };
    }
  | { readonly type: "change-progress"; readonly done: number }
  | {
      readonly type: "changed";
      readonly at: number;
      readonly changes: readonly Change[];
      /** Why there is no answer for some of them, or for all. */
      readonly problem: Problem | undefined;
    };

/** A change that was confirmed. `inMs`: how long from now the sessions may still live. */
export type ChangeEffect =
  | { readonly type: "revoke"; readonly targets: readonly Target[] }
  | { readonly type: "expire"; readonly targets: readonly Target[]; readonly inMs: number };

/** Everything that the reducer can ask for. */
export type Effect =
  | { readonly type: "look"; readonly request: LookRequest }
  | { readonly type: "read-rows"; readonly ids: readonly SessionId[] }
  | { readonly type: "read-own"; readonly query: OwnQuery }
  | { readonly type: "read-events" }
  | { readonly type: "read-load" }
  | {
      readonly type: "count-users";
      /** Whether they are few enough to be counted one by one. */ readonly exact: boolean;
    }
  | { readonly type: "locate" }
  | { readonly type: "audit" }
  | { readonly type: "compile-filter"; readonly text: string }
  | { readonly type: "copy"; readonly text: SafeText }
  | ChangeEffect
  | { readonly type: "repaint" }
  | { readonly type: "suspend" }
  | { readonly type: "quit"; /** Exit code. */ readonly code: number };

/** A state and what is to be done about it. */
export interface Step {
  readonly state: TopState;
  readonly effects: readonly Effect[];
}

/** A step that changes some of the state and asks for these effects. */
export function step(state: TopState, change: Partial<TopState> = {}, ...effects: readonly Effect[]): Step {
  return { state: Object.keys(change).length === 0 ? state : { ...state, ...change }, effects };
}

/** Two steps, one after the other, as one. */
export function andThen({ state, effects }: Step, next: (state: TopState) => Step): Step {
  const after = next(state);
  return { state: after.state, effects: [...effects, ...after.effects] };
}
