import type { SessionId } from "../../core/token.js";
import { step, type Step, type TopEvent } from "../events.js";
import type { TopState } from "../state.js";
import { withinLists } from "./selection.js";

/** The audit in the background goes on. */
export function auditProgressed(state: TopState, { read }: Extract<TopEvent, { type: "audit-progress" }>): Step {
  return step(state, state.audit.read === undefined ? {} : { audit: { ...state.audit, read } });
}

/** The audit is at its end: its findings take the place of the ones before. */
export function audited(state: TopState, { audit }: Extract<TopEvent, { type: "audited" }>): Step {
  return step(withinLists({ ...state, audit: { read: undefined, last: audit, ended: new Set(), problem: undefined } }));
}

/** The state knowing that these sessions have ended, as far as the audit found something about them. */
export function foundEnded(state: TopState, ids: readonly SessionId[]): TopState {
  const { last, ended } = state.audit;
  if (last === undefined || ids.length === 0) return state;
  const found = new Set(last.findings.flatMap(({ sessions }) => sessions));
  const more = ids.filter((id) => found.has(id));
  return more.length === 0 ? state : { ...state, audit: { ...state.audit, ended: new Set([...ended, ...more]) } };
}

/** The audit failed: the findings before stay. */
export function auditFailed(state: TopState, { problem }: Extract<TopEvent, { type: "audit-failed" }>): Step {
  return step(state, { audit: { ...state.audit, read: undefined, problem } });
}
