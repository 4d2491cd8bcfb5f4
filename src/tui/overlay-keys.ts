import type { Binding } from "./binding.js";
import { menus } from "./places.js";

/** The keys of what lies over a page: the filter while it is typed, menus, dialogs, boxes. */
export const overlayKeys: readonly Binding[] = [
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
