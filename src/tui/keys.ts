import type { Access } from "./access.js";
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

const tables: readonly Context[] = ["sessions", "groups", "findings", "events"];
const pages: readonly Context[] = [...tables, "details"];
const lists: readonly Context[] = [...pages, "result", "help"];
const menus: readonly Context[] = ["sort", "group"];
const everywhere: readonly Context[] = [...lists, ...menus, "filter", "dialog"];

/**
 * What every key does: the only definition, from which dispatch, help, footers and the documentation come.
 * The footer has them in this order, and leaves out the last that don't fit.
 */
export const bindings: readonly Binding[] = [
  { keys: ["?", "h"], action: "help", where: pages, label: "?", does: "this help", group: "Screen", footer: "help" },
  {
    keys: ["/"],
    action: "filter",
    where: ["sessions"],
    does: 'filter: words, or an expression such as user == "alice"',
    group: "Look",
    footer: "filter",
  },
  {
    keys: ["s"],
    action: "sort",
    where: ["sessions"],
    does: "choose the column to sort by",
    group: "Look",
    footer: "sort",
  },
  {
    keys: ["g"],
    action: "group",
    where: tables,
    does: "group by user, network, browser or country",
    group: "Look",
    footer: "group",
  },
  {
    keys: ["enter"],
    action: "open",
    where: tables,
    label: "Enter",
    does: "details; of a group, finding or event: its sessions",
    group: "Look",
    footer: "open",
  },
  {
    keys: ["escape", "backspace", "left"],
    action: "back",
    where: ["details"],
    label: "Esc",
    does: "back to the list",
    footer: "back",
  },
  {
    keys: ["space"],
    action: "mark",
    where: ["sessions"],
    label: "Space",
    does: "mark or unmark the selected session",
    group: "Change",
    footer: "mark",
    changes: true,
  },
  {
    keys: ["x"],
    action: "revoke",
    where: pages,
    does: "revoke the marked sessions, or the selected one (asks)",
    group: "Change",
    footer: "revoke",
    changes: true,
  },
  {
    keys: ["e"],
    action: "expire",
    where: pages,
    does: "bring their end forward (asks when)",
    group: "Change",
    footer: "expire",
    changes: true,
  },
  { keys: ["a"], action: "findings", where: pages, does: "audit all sessions", group: "Look", footer: "findings" },
  { keys: ["E"], action: "events", where: pages, does: "what happens, live", group: "Look", footer: "events" },
  { keys: ["tab"], action: "next-view", where: pages, label: "Tab", does: "next view", group: "Look", footer: "view" },
  { keys: ["shift-tab"], action: "previous-view", where: pages, does: "the view before" },
  {
    keys: ["A"],
    action: "mark-all",
    where: ["sessions"],
    does: "mark all in the list",
    group: "Change",
    changes: true,
  },
  { keys: ["U"], action: "unmark", where: ["sessions"], does: "unmark all", group: "Change", changes: true },
  {
    keys: ["W"],
    action: "unlock",
    where: pages,
    does: "let changes through, and hold them back again",
    group: "Change",
    footer: "allow changes",
    unlocks: true,
  },
  { keys: ["Z"], action: "pause", where: pages, does: "pause, and go on", group: "Screen", footer: "pause" },
  { keys: ["I"], action: "invert", where: ["sessions"], does: "invert the order", group: "Look", footer: "invert" },
  {
    keys: ["F"],
    action: "follow",
    where: ["sessions"],
    does: "stay on the selected session wherever it moves",
    group: "Look",
    footer: "follow",
  },
  { keys: ["y"], action: "copy", where: ["sessions", "details"], does: "copy the id", group: "Look", footer: "copy" },
  { keys: ["r"], action: "refresh", where: pages, does: "read now; among findings: audit anew", group: "Screen" },
  {
    keys: ["+", "="],
    action: "slower",
    where: pages,
    label: "+ -",
    does: "longer and shorter interval",
    group: "Screen",
  },
  { keys: ["-", "_"], action: "faster", where: pages, does: "shorter interval" },
  {
    keys: ["escape"],
    action: "clear",
    where: tables,
    label: "Esc",
    does: "clear the message, then the filter, then go back",
    group: "Look",
  },
  { keys: ["up", "k"], action: "up", where: lists, label: "↑ ↓  k j", does: "one up or down", group: "Move" },
  { keys: ["down", "j"], action: "down", where: lists, does: "one down" },
  {
    keys: ["pageup", "ctrl-b"],
    action: "page-up",
    where: lists,
    label: "PgUp PgDn",
    does: "one page up or down",
    group: "Move",
  },
  { keys: ["pagedown", "ctrl-f"], action: "page-down", where: lists, does: "one page down" },
  { keys: ["home"], action: "first", where: lists, label: "Home End", does: "first or last", group: "Move" },
  { keys: ["end", "G"], action: "last", where: lists, does: "last" },
  {
    keys: ["ctrl-l"],
    action: "repaint",
    where: everywhere,
    label: "Ctrl-L",
    does: "draw the screen again",
    group: "Screen",
  },
  {
    keys: ["ctrl-z"],
    action: "suspend",
    where: everywhere,
    label: "Ctrl-Z",
    does: "back to the shell; `fg` returns",
    group: "Screen",
  },
  { keys: ["q"], action: "quit", where: pages, does: "quit", group: "Screen", footer: "quit" },
  { keys: ["ctrl-c"], action: "interrupt", where: everywhere, label: "Ctrl-C", does: "quit at once" },

  {
    keys: ["enter"],
    action: "keep-filter",
    where: ["filter"],
    label: "Enter",
    does: "keep the filter",
    footer: "keep",
  },
  { keys: ["escape"], action: "drop-filter", where: ["filter"], label: "Esc", does: "as it was", footer: "as it was" },
  { keys: ["backspace"], action: "erase", where: ["filter", "dialog"], label: "Backspace", does: "erase" },
  {
    keys: ["ctrl-u", "ctrl-w"],
    action: "erase-all",
    where: ["filter"],
    label: "Ctrl-U",
    does: "erase all",
    footer: "erase all",
  },
  { keys: ["up", "down"], action: "keep-filter", where: ["filter"], does: "keep the filter" },

  { keys: ["up", "k", "left"], action: "up", where: menus, label: "↑ ↓", does: "choose", footer: "choose" },
  { keys: ["down", "j", "right", "s", "g", "tab"], action: "down", where: menus, does: "choose" },
  {
    keys: ["enter", "space"],
    action: "choose",
    where: menus,
    label: "Enter",
    does: "take it",
    footer: "take it",
  },
  { keys: ["I"], action: "invert", where: ["sort"], does: "invert", footer: "invert" },
  { keys: ["escape", "q"], action: "back", where: menus, label: "Esc", does: "cancel", footer: "cancel" },

  {
    keys: ["tab", "right", "down"],
    action: "next-stop",
    where: ["dialog"],
    label: "Tab",
    does: "next",
    footer: "next",
  },
  {
    keys: ["shift-tab", "left", "up"],
    action: "previous-stop",
    where: ["dialog"],
    label: "Shift-Tab",
    does: "previous",
  },
  { keys: ["enter"], action: "press", where: ["dialog"], label: "Enter", does: "press", footer: "press" },
  { keys: ["space"], action: "press", where: ["dialog"], does: "press" },
  { keys: ["escape"], action: "back", where: ["dialog"], label: "Esc", does: "cancel", footer: "cancel" },

  {
    keys: ["escape", "enter", "q", "?", "h"],
    action: "back",
    where: ["help", "result"],
    label: "Esc",
    does: "close",
    footer: "close",
  },
];

/** What a key does there; `undefined` when nothing. */
export function bindingFor(key: Key, where: Context): Binding | undefined {
  return bindings.find((binding) => binding.where.includes(where) && binding.keys.includes(key));
}

/** Whether a screen with this access has a key. */
export function isThere({ changes, unlocks }: Binding, access: Access): boolean {
  return !(changes && access.kind === "read-only") && !(unlocks && access.kind !== "protected");
}

/** The keys that a footer shows, in order. */
export function footerKeys(where: Context, access: Access): readonly { readonly key: string; readonly word: string }[] {
  return bindings
    .filter((binding) => binding.where.includes(where) && isThere(binding, access))
    .flatMap((binding) => (binding.footer === undefined ? [] : [{ key: labelOf(binding), word: binding.footer }]));
}

/** A binding's keys as people read them. */
export function labelOf(binding: Binding): string {
  return binding.label ?? binding.keys[0] ?? "";
}
