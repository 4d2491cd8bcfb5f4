import { type Dialog, missing, type Stop } from "../dialog.js";
import { fit, type Line, lineWidth, type Span, span, wrap } from "../spans.js";
import type { Settings } from "../state.js";
import { ownersText } from "../target.js";
import { grouped } from "../columns/column.js";

/** The question before a change, in at most `rows` lines of `width` cells: how many, whose, which, and what it means. */
export function dialogLines(dialog: Dialog, expire: Settings["expire"], width: number, rows: number): readonly Line[] {
  const { targets } = dialog;
  const whose: Line = [span("of ", "label"), span(ownersText(targets, 4), "value")];
  const blank: Line[] = rows > 8 ? [[]] : [];
  const below = [...blank, ...consequence(dialog, expire, width), ...fields(dialog), ...blank, buttons(dialog, width)];
  const room = Math.max(1, rows - below.length - 1);
  const listed = targets.length > room ? targets.slice(0, room - 1) : targets;
  const which = listed.map(({ name, user, ip }): Line => [
    span(`  ${name.slice(0, 8)} `, "id"),
    span(` ${fit(user ?? "anonymous", 20)} `, user === undefined ? "faint" : "value"),
    span(ip ?? "-", "faint"),
  ]);
  const more = targets.length - listed.length;
  if (more > 0) which.push([span(`  … and ${grouped(more)} more`, "faint")]);
  return [whose, ...which, ...below];
}

/** How a dialog is headed. */
export function dialogTitle({ action, targets: { length } }: Dialog): string {
  return `${verbOf(action)} ${length === 1 ? "this session" : `these ${grouped(length)} sessions`}?`;
}

function verbOf(action: Dialog["action"]): string {
  return action === "revoke" ? "Revoke" : "Expire";
}

function consequence(dialog: Dialog, expire: Settings["expire"], width: number): readonly Line[] {
  const them = dialog.targets.length === 1 ? "It ends" : "They end";
  const text =
    dialog.action === "revoke"
      ? `${them} at once, for good.`
      : `${them} then at the latest${expire === "until-touch" ? ", unless the application touches it before" : ""}.`;
  return wrap(text, width).map((line) => [span(line, "warning")]);
}

function fields(dialog: Dialog): readonly Line[] {
  const line = [
    ...(dialog.action === "expire" ? field(dialog, "in", "In", dialog.in) : []),
    ...(dialog.wanted === undefined ? [] : field(dialog, "word", wantedOf(dialog), dialog.word)),
  ];
  return line.length === 0 ? [] : [line];
}

function wantedOf({ wanted, targets }: Dialog): string {
  return wanted === String(targets.length) ? "How many" : "Profile";
}

function field(dialog: Dialog, stop: Stop, label: string, text: string): Line {
  const focused = dialog.focus === stop;
  return [
    span(`  ${label} `, "label"),
    span(focused ? "▸[" : " [", focused ? "key" : "faint"),
    span(fit(text, Math.max(10, dialog.wanted?.length ?? 0)), "field"),
    span(focused ? "]◂" : "] ", focused ? "key" : "faint"),
  ];
}

function buttons(dialog: Dialog, width: number): Line {
  const { length } = dialog.targets;
  const why = missing(dialog);
  const verb = `${verbOf(dialog.action)}${length > 1 ? ` ${grouped(length)}` : ""}`;
  const row: Span[] = [
    ...button("Cancel", dialog.focus === "cancel"),
    span("   "),
    ...button(verb, dialog.focus === "go"),
  ];
  const hint = why === undefined ? [] : [span(`   ${why}`, dialog.focus === "go" ? "danger" : "faint")];
  const line = [span("  "), ...row, ...hint];
  return lineWidth(line) <= width ? line : [span("  "), ...row];
}

/** The focus is told by the brackets too, not by colour alone. */
function button(text: string, focused: boolean): readonly Span[] {
  return [span(focused ? `▸[ ${text} ]◂` : ` [ ${text} ] `, focused ? "button-focus" : "button")];
}
