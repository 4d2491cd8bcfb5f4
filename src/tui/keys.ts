import type { Key } from "./key-names.js";

/** Who has the keys: the page, or what lies over it. */
export type Context = "table" | "details" | "filter" | "sort" | "dialog" | "result" | "help";

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
  | "invert"
  | "choose"
  | "follow"
  | "mark"
  | "unmark"
  | "revoke"
  | "expire"
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
  /** Changes sessions, so a read-only screen doesn't have it. */
  readonly changes?: true;
}

const lists: readonly Context[] = ["table", "details", "result", "help"];
const pages: readonly Context[] = ["table", "details"];
const everywhere: readonly Context[] = ["table", "details", "filter", "sort", "dialog", "result", "help"];

/**
 * What every key does: the only definition, from which dispatch, help, footers and the documentation come.
 * The footer has them in this order, and leaves out the last that don't fit.
 */
export const bindings: readonly Binding[] = [
  { keys: ["?", "h"], action: "help", where: pages, label: "?", does: "this help", group: "Screen", footer: "help" },
  {
    keys: ["/"],
    action: "filter",
    where: ["table"],
    does: "filter by words: user, address, client, id, flag",
    group: "Look",
    footer: "filter",
  },
  {
    keys: ["s"],
    action: "sort",
    where: ["table"],
    does: "choose the column to sort by",
    group: "Look",
    footer: "sort",
  },
  {
    keys: ["enter"],
    action: "open",
    where: ["table"],
    label: "Enter",
    does: "everything about the selected session",
    group: "Look",
    footer: "details",
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
    where: ["table"],
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
  { keys: ["U"], action: "unmark", where: ["table"], does: "unmark all", group: "Change", changes: true },
  { keys: ["Z"], action: "pause", where: pages, does: "pause, and go on", group: "Screen", footer: "pause" },
  { keys: ["I"], action: "invert", where: ["table"], does: "invert the order", group: "Look", footer: "invert" },
  {
    keys: ["F"],
    action: "follow",
    where: ["table"],
    does: "stay on the selected session wherever it moves",
    group: "Look",
    footer: "follow",
  },
  { keys: ["r"], action: "refresh", where: pages, does: "read now", group: "Screen" },
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
    where: ["table"],
    label: "Esc",
    does: "clear the message, then the filter",
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
  { keys: ["home", "g"], action: "first", where: lists, label: "Home End", does: "first or last", group: "Move" },
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

  { keys: ["up", "k", "left"], action: "up", where: ["sort"], label: "↑ ↓", does: "choose", footer: "choose" },
  { keys: ["down", "j", "right", "s", "tab"], action: "down", where: ["sort"], does: "choose" },
  {
    keys: ["enter", "space"],
    action: "choose",
    where: ["sort"],
    label: "Enter",
    does: "sort by it",
    footer: "sort by it",
  },
  { keys: ["I"], action: "invert", where: ["sort"], does: "invert", footer: "invert" },
  { keys: ["escape", "q"], action: "back", where: ["sort"], label: "Esc", does: "cancel", footer: "cancel" },

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

/** The keys that a footer shows, in order. */
export function footerKeys(
  where: Context,
  readOnly: boolean,
): readonly { readonly key: string; readonly word: string }[] {
  return bindings
    .filter((binding) => binding.where.includes(where) && !(readOnly && binding.changes))
    .flatMap((binding) => (binding.footer === undefined ? [] : [{ key: labelOf(binding), word: binding.footer }]));
}

/** A binding's keys as people read them. */
export function labelOf(binding: Binding): string {
  return binding.label ?? binding.keys[0] ?? "";
}
