import { parseDuration } from "../core/duration.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { Target } from "./target.js";

/** Where the keys of a dialog go. */
export type Stop = "in" | "word" | "cancel" | "go";

/** The question before a change. Its targets are what will be changed, whatever the table does meanwhile. */
export interface Dialog {
  readonly kind: "dialog";
  readonly action: "revoke" | "expire";
  /** Never empty. */
  readonly targets: readonly Target[];
  readonly focus: Stop;
  /** What has to be typed: a protected profile's name, or how many when it is more than one. */
  readonly wanted: SafeText | undefined;
  /** Typed so far: what is wanted; and in how long, when expiring. */
  readonly word: string;
  readonly in: string;
}

/** Longest text that a field takes. */
const maxFieldLength = 64;

/** The question about these sessions, under a protected profile if it is one; the focus is on *Cancel*. */
export function openDialog(action: Dialog["action"], targets: readonly Target[], profile?: SafeText): Dialog {
  const wanted = profile ?? (targets.length > 1 ? safe(String(targets.length)) : undefined);
  return { kind: "dialog", action, targets, focus: "cancel", wanted, word: "", in: "10m" };
}

/** Where the focus can be, in the order of Tab. */
export function stopsOf(dialog: Dialog): readonly Stop[] {
  return [
    ...(dialog.action === "expire" ? (["in"] as const) : []),
    ...(dialog.wanted === undefined ? [] : (["word"] as const)),
    "cancel",
    "go",
  ];
}

/** Why it cannot be confirmed yet; `undefined` when it can. */
export function missing(dialog: Dialog): string | undefined {
  if (dialog.action === "expire" && durationOf(dialog) === undefined) return "not a duration: 90s, 10m, 2h";
  const { wanted, word } = dialog;
  return wanted !== undefined && word.trim() !== wanted ? `type ${wanted} to confirm` : undefined;
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

function fieldOf(dialog: Dialog): "in" | "word" | undefined {
  if (dialog.focus === "in" || dialog.focus === "word") return dialog.focus;
  return dialog.wanted === undefined ? undefined : "word";
}
