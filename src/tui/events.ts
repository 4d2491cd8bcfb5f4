import type { Look, WatchedSession } from "../app/watch.js";
import type { Change } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import type { Key } from "./key-names.js";
import type { Problem, Size, TopState } from "./state.js";
import type { Target } from "./target.js";

/** Everything that can happen to the screen. `at` is ms since 1970. */
export type TopEvent =
  | { readonly type: "key"; readonly key: Key }
  /** Text from the clipboard: it is never taken for keys. */
  | { readonly type: "pasted"; readonly text: string }
  | { readonly type: "resized"; readonly size: Size }
  | { readonly type: "tick"; readonly at: number }
  | { readonly type: "looked"; readonly look: Look }
  | { readonly type: "look-failed"; readonly at: number; readonly problem: Problem }
  | { readonly type: "session-read"; readonly id: SessionId; readonly row: WatchedSession | undefined }
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
  | { readonly type: "look"; /** Most rows. */ readonly limit: number }
  | { readonly type: "read-session"; readonly id: SessionId }
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
