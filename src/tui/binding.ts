import type { Key } from "./key-names.js";

/** Who has the keys: the page, or what lies over it. */
export type Context =
  | "sessions"
  | "groups"
  | "findings"
  | "events"
  | "details"
  | "filter"
  | "sort"
  | "group"
  | "dialog"
  | "result"
  | "help";

/** Everything that a key can do. */
export type Action =
  | "up"
  | "down"
  | "page-up"
  | "page-down"
  | "first"
  | "last"
  | "open"
  | "back"
  | "clear"
  | "filter"
  | "keep-filter"
  | "drop-filter"
  | "erase"
  | "erase-all"
  | "sort"
  | "group"
  | "invert"
  | "choose"
  | "next-view"
  | "previous-view"
  | "findings"
  | "events"
  | "copy"
  | "follow"
  | "mark"
  | "mark-all"
  | "unmark"
  | "revoke"
  | "expire"
  | "unlock"
  | "next-stop"
  | "previous-stop"
  | "press"
  | "pause"
  | "faster"
  | "slower"
  | "refresh"
  | "repaint"
  | "help"
  | "suspend"
  | "quit"
  | "interrupt";

/** Under which heading the help lists a key; keys of overlays explain themselves there and are in none. */
export type Group = "Move" | "Look" | "Change" | "Screen";

/** One line of the key table. */
export interface Binding {
  readonly keys: readonly Key[];
  readonly action: Action;
  readonly where: readonly Context[];
  /** As the help names the keys; default: the keys' names. */
  readonly label?: string;
  readonly does: string;
  readonly group?: Group;
  /** The word beside the key in the footer; without one it isn't there. */
  readonly footer?: string;
  /** Only for who may change sessions, so a read-only screen doesn't have it; or only where a profile is protected. */
  readonly changes?: true;
  readonly unlocks?: true;
}
