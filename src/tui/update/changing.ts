import type { Change } from "../../core/ports.js";
import { safe } from "../../core/safe-text.js";
import type { SessionId } from "../../core/token.js";
import { type Dialog, durationOf, missing, openDialog } from "../dialog.js";
import { step, type Step, type TopEvent } from "../events.js";
import type { Page } from "../pages.js";
import type { Problem } from "../problem.js";
import { pageOf, type ResultLine, type TopState } from "../state.js";
import { ownersText, type Target, targetOf } from "../target.js";
import { foundEnded } from "./auditing.js";
import { askForLook } from "./reading.js";
import { rearranged, selected } from "./selection.js";
import { vanish } from "./vanishing.js";

type Changed = Extract<TopEvent, { type: "changed" }>;

/** Opens the question about the session on the details page, else the marked ones, else the selected one. */
export function ask(state: TopState, action: Dialog["action"]): Step {
  const refusal = refusalOf(state, action);
  if (refusal !== undefined) return warned(state, refusal);
  const targets = targetsOf(state);
  if (targets.length === 0) return step(state);
  const { access } = state.settings;
  return step(state, {
    overlay: openDialog(action, targets, access.kind === "protected" ? access.profile : undefined),
  });
}

/** Lets changes through where the profile is protected, and holds them back again. */
export function unlock(state: TopState): Step {
  const { access } = state.settings;
  if (access.kind === "read-only")
    return warned(state, "Read-only: this screen was started so that nothing can be changed");
  if (access.kind === "open") return warned(state, "Changes are not held back here: the profile is not protected");
  if (state.locked) {
    return warned({ ...state, locked: false }, `Changes are possible now; each wants the name ${access.profile} typed`);
  }
  return warned(locked(state), "Changes are held back again");
}

/** The dialog's targets, and no others, are to be changed; nothing happens while something is still to be filled in. */
export function confirm(state: TopState, dialog: Dialog): Step {
  if (missing(dialog) !== undefined || state.running !== undefined || state.locked) return step(state);
  const { action, targets } = dialog;
  const change = { overlay: undefined, notice: undefined, running: { action, targets, done: 0 } };
  if (action === "revoke") return step(state, change, { type: "revoke", targets });
  return step(state, change, { type: "expire", targets, inMs: durationOf(dialog) ?? 0 });
}

/** A change came back: says what became of each, and looks again. What failed stays marked. */
export function changed(state: TopState, event: Changed): Step {
  const { running } = state;
  if (running === undefined) return step(state);
  const outcomes = new Map(event.changes.map((change) => [change.id, change]));
  const lines = running.targets.map((target) => lineOf(target, outcomes.get(target.id), event.problem));
  const failed = lines.filter((line) => !line.good);
  const gone = event.changes.filter(({ outcome }) => outcome === "revoked" || outcome === "gone").map(({ id }) => id);
  const done = new Set(event.changes.filter(({ outcome }) => outcome !== "failed").map(({ id }) => id));
  const title = titleOf(running.action, running.targets, failed);
  const tone = failed.length > 0 ? ("danger" as const) : ("good" as const);
  const many = lines.length > 1 || failed.length > 0;
  const marked = vanish(state, gone, event.at, () => safe("ended from here"));
  const next: TopState = {
    ...unmarked(foundEnded(marked, gone), done),
    now: Math.max(state.now, event.at),
    running: undefined,
    ended: new Map([...state.ended, ...gone.map((id) => [id, event.at] as const)]),
    over: state.over.map((page) =>
      page.kind === "details" && gone.includes(page.row.id) ? { ...page, gone: true } : unmarkedPage(page, done),
    ),
    notice: { tone, text: safe(failed[0] === undefined ? title : `${title}: ${failed[0].text}`) },
    overlay: state.overlay ?? (many ? { kind: "result", title, lines, scroll: 0 } : undefined),
  };
  return askForLook(rearranged(next));
}

function warned(state: TopState, text: string): Step {
  return step(state, { notice: { tone: "warning", text: safe(text) } });
}

/** Held back again, nothing is marked: marks are for changes. */
function locked(state: TopState): TopState {
  const { sessions } = state.tabs;
  const none = new Map();
  return {
    ...state,
    locked: true,
    tabs: { ...state.tabs, sessions: { ...sessions, marks: none } },
    over: state.over.map((page) => (page.kind === "sessions" ? { ...page, marks: none } : page)),
  };
}

function unmarked(state: TopState, ids: ReadonlySet<SessionId>): TopState {
  return { ...state, tabs: { ...state.tabs, sessions: unmarkedPage(state.tabs.sessions, ids) } };
}

function unmarkedPage<P extends Page>(page: P, ids: ReadonlySet<SessionId>): P {
  if (page.kind !== "sessions") return page;
  return { ...page, marks: new Map([...page.marks].filter(([id]) => !ids.has(id))) };
}

function refusalOf(state: TopState, action: Dialog["action"]): string | undefined {
  const { access, expire, layout } = state.settings;
  const page = pageOf(state);
  if (access.kind === "read-only") return "Read-only: nothing can be changed from this screen";
  if (state.locked) return "The profile is protected: W lets changes through";
  if (state.running !== undefined) return "Wait: the change before is still under way";
  if (action === "expire" && expire === "none") return `The ${layout} layout cannot bring an end forward; x revokes`;
  if (page.kind === "details") return page.gone ? "That session has ended already" : undefined;
  if (page.kind !== "sessions")
    return page.kind === "events" ? "Enter shows the session; x there ends it" : hintOf(page);
  const row = selected(state);
  if (page.marks.size > 0 || row === undefined) return undefined;
  if (state.vanished.has(row.id)) return "That session has ended already";
  return row.unread ? "That session is still being read" : undefined;
}

function hintOf({ kind }: Page): string {
  return kind === "groups"
    ? "Enter shows the group's sessions; there A marks all, x ends the marked"
    : "Enter shows the finding's sessions; x there ends exactly those";
}

function targetsOf(state: TopState): readonly Target[] {
  const page = pageOf(state);
  if (page.kind === "details") return [targetOf(page.row)];
  if (page.kind === "sessions" && page.marks.size > 0) return [...page.marks.values()];
  const row = selected(state);
  return row === undefined ? [] : [targetOf(row)];
}

function lineOf(target: Target, change: Change | undefined, problem: Problem | undefined): ResultLine {
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
