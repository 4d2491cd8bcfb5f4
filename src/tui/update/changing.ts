import { safe } from "../../core/safe-text.js";
import { type Dialog, durationOf, missing, openDialog } from "../dialog.js";
import { step, type Step, type TopEvent } from "../events.js";
import type { ResultLine, TopState } from "../state.js";
import { ownersText, type Target, targetOf } from "../target.js";
import { askForLook } from "./reading.js";
import { rearranged, selected } from "./selection.js";

type Changed = Extract<TopEvent, { type: "changed" }>;

/** Opens the question about the session on the details page, else the marked ones, else the selected one. */
export function ask(state: TopState, action: Dialog["action"]): Step {
  const refusal = refusalOf(state, action);
  if (refusal !== undefined) return step(state, { notice: { tone: "warning", text: safe(refusal) } });
  const targets = targetsOf(state);
  return targets.length === 0 ? step(state) : step(state, { overlay: openDialog(action, targets) });
}

/** The dialog's targets, and no others, are to be changed; nothing happens while something is still to be filled in. */
export function confirm(state: TopState, dialog: Dialog): Step {
  if (missing(dialog) !== undefined || state.running !== undefined) return step(state);
  const { action, targets } = dialog;
  const change = { overlay: undefined, notice: undefined, running: { action, targets } };
  if (action === "revoke") return step(state, change, { type: "revoke", targets });
  return step(state, change, { type: "expire", targets, inMs: durationOf(dialog) ?? 0 });
}

/** A change came back: says what became of each, and looks again. What failed stays marked. */
export function changed(state: TopState, event: Changed): Step {
  const { running } = state;
  if (running === undefined) return step(state);
  const lines = running.targets.map((target) => lineOf(target, event));
  const failed = lines.filter((line) => !line.good);
  const ended = new Map(state.ended);
  const marks = new Map(state.marks);
  for (const change of event.changes) {
    if (change.outcome === "revoked" || change.outcome === "gone") ended.set(change.id, event.at);
    if (change.outcome !== "failed") marks.delete(change.id);
  }
  const title = titleOf(running.action, running.targets, failed);
  const tone = failed.length > 0 ? ("danger" as const) : ("good" as const);
  const many = lines.length > 1 || failed.length > 0;
  const endedHere = state.page.kind === "details" && ended.has(state.page.row.id);
  const next: TopState = {
    ...state,
    now: Math.max(state.now, event.at),
    running: undefined,
    ended,
    marks,
    notice: { tone, text: safe(failed[0] === undefined ? title : `${title}: ${failed[0].text}`) },
    page: state.page.kind === "details" && endedHere ? { ...state.page, gone: true } : state.page,
    overlay: state.overlay ?? (many ? { kind: "result", title, lines, scroll: 0 } : undefined),
  };
  return askForLook(rearranged(next));
}

function refusalOf(state: TopState, action: Dialog["action"]): string | undefined {
  if (state.settings.readOnly) return "Read-only: nothing can be changed from this screen";
  if (state.running !== undefined) return "Wait: the change before is still under way";
  if (action === "expire" && state.settings.expire === "none") {
    return `The ${state.settings.layout} layout cannot bring an end forward; x revokes`;
  }
  if (state.page.kind === "details" && state.page.gone) return "That session has ended already";
  return undefined;
}

function targetsOf(state: TopState): readonly Target[] {
  if (state.page.kind === "details") return [targetOf(state.page.row)];
  if (state.marks.size > 0) return [...state.marks.values()];
  const row = selected(state);
  return row === undefined ? [] : [targetOf(row)];
}

function lineOf(target: Target, { changes, problem }: Changed): ResultLine {
  const change = changes.find(({ id }) => id === target.id);
  if (change === undefined) return { target, good: false, text: safe(`not known: ${problem?.message ?? "no answer"}`) };
  switch (change.outcome) {
    case "revoked":
      return { target, good: true, text: safe("revoked") };
    case "expired":
      return { target, good: true, text: safe("its end was brought forward") };
    case "unchanged":
      return { target, good: true, text: safe("unchanged: it ends sooner already") };
    case "gone":
      return { target, good: true, text: safe("had ended already") };
    case "failed":
      return { target, good: false, text: safe(change.error?.message ?? "failed") };
  }
}

function titleOf(action: Dialog["action"], targets: readonly Target[], failed: readonly unknown[]): string {
  const many = targets.length;
  const what = many === 1 ? `session ${targets[0]?.name.slice(0, 8) ?? ""}` : `${many} sessions`;
  const whose = ownersText(targets);
  const verb = action === "revoke" ? "Revoked" : "Expired";
  if (failed.length === 0) return `${verb} ${what} of ${whose}`;
  if (failed.length === many) return `${action === "revoke" ? "Revoking" : "Expiring"} ${what} of ${whose} failed`;
  return `${verb} ${many - failed.length} of ${what} of ${whose}; ${failed.length} failed`;
}
