import { parseDuration } from "../core/duration.js";
import type { Target } from "./target.js";

/** Where the keys of a dialog go. */
export type Stop = "in" | "count" | "cancel" | "go";

/** The question before a change. Its targets are what will be changed, whatever the table does meanwhile. */
export interface Dialog {
  readonly kind: "dialog";
  readonly action: "revoke" | "expire";
  /** Never empty. */
  readonly targets: readonly Target[];
  readonly focus: Stop;
  /** Typed so far: how many, wanted when it is more than one; and in how long, when expiring. */
  readonly count: string;
  readonly in: string;
}

/** Longest text that a field takes. */
const maxFieldLength = 12;

/** The question about these sessions; the focus is on *Cancel*. */
export function openDialog(action: Dialog["action"], targets: readonly Target[]): Dialog {
  return { kind: "dialog", action, targets, focus: "cancel", count: "", in: "10m" };
}

/** Where the focus can be, in the order of Tab. */
export function stopsOf(dialog: Dialog): readonly Stop[] {
  return [
    ...(dialog.action === "expire" ? (["in"] as const) : []),
    ...(dialog.targets.length > 1 ? (["count"] as const) : []),
    "cancel",
    "go",
  ];
}

/** Why it cannot be confirmed yet; `undefined` when it can. */
export function missing(dialog: Dialog): string | undefined {
  if (dialog.action === "expire" && durationOf(dialog) === undefined) return "not a duration: 90s, 10m, 2h";
  const { length } = dialog.targets;
  return length > 1 && dialog.count.trim() !== String(length) ? `type ${length} to confirm` : undefined;
}

/** The duration typed, in ms; `undefined` when it is none. */
export function durationOf(dialog: Dialog): number | undefined {
  try {
    return parseDuration(dialog.in.trim());
  } catch {
    return undefined;
  }
}

/** The dialog with its focus moved by so many stops, round and round. */
export function moveFocus(dialog: Dialog, by: number): Dialog {
  const stops = stopsOf(dialog);
  const index = (stops.indexOf(dialog.focus) + by + stops.length) % stops.length;
  return { ...dialog, focus: stops[index] ?? "cancel" };
}

/** The dialog after a text was typed. With the focus on a button it goes to the field that is still to be filled. */
export function typeInto(dialog: Dialog, text: string): Dialog {
  const field = fieldOf(dialog);
  if (field === undefined) return dialog;
  return { ...dialog, focus: field, [field]: (dialog[field] + text).slice(0, maxFieldLength) };
}

/** The dialog after the last character of its field was erased. */
export function eraseFrom(dialog: Dialog): Dialog {
  const field = fieldOf(dialog);
  return field === undefined ? dialog : { ...dialog, focus: field, [field]: dialog[field].slice(0, -1) };
}

function fieldOf(dialog: Dialog): "in" | "count" | undefined {
  if (dialog.focus === "in" || dialog.focus === "count") return dialog.focus;
  return dialog.targets.length > 1 ? "count" : undefined;
}
