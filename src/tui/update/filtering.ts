import { step, type Step, andThen, type TopEvent } from "../events.js";
import { type Filter, noFilter, type SessionsPage } from "../pages.js";
import { type TopState, withPage } from "../state.js";
import { shownAnew } from "./reading.js";
import { queryOf, rearrangedPage, sameQuery, sessionsOf } from "./selection.js";

/** Longest filter that is taken, in characters. */
export const maxFilterLength = 1000;

/** What makes a text an expression rather than words. */
const operators = /[=<>&|(]|^\s*!|["']/;

/** The state with another text as filter of the list that has the screen: words are in force at once, an expression once it was read. */
export function filtered(state: TopState, text: string): Step {
  const page = sessionsOf(state);
  if (page === undefined || text === page.filter.text) return step(state);
  if (!operators.test(text))
    return inForce(state, page, { text, inForce: text, compiled: undefined, mistake: undefined });
  // Words that became an expression are none any more: until it is read, what was there before stays.
  const before =
    state.overlay?.kind === "filter" && page.filter.compiled === undefined ? state.overlay.before : page.filter;
  const waiting = rearrangedPage(state, { ...page, filter: { ...before, text, mistake: undefined } });
  return step(withPage(state, waiting), {}, { type: "compile-filter", text });
}

/** The state with a filter brought back as it was. */
export function refiltered(state: TopState, filter: Filter): Step {
  const page = sessionsOf(state);
  return page === undefined || page.filter === filter ? step(state) : inForce(state, page, filter);
}

/** The state without a filter. */
export function unfiltered(state: TopState): Step {
  return refiltered(state, noFilter);
}

/** An expression was read. When another text has been typed since, that one's answer is on its way. */
export function filterCompiled(state: TopState, event: Extract<TopEvent, { type: "filter-compiled" }>): Step {
  const page = sessionsOf(state);
  const { text, result } = event;
  if (page?.filter.text !== text) return step(state);
  if ("mistake" in result)
    return step(withPage(state, { ...page, filter: { ...page.filter, mistake: result.mistake } }));
  return inForce(state, page, { text, inForce: text, compiled: result.compiled, mistake: undefined });
}

/** The cursor goes to the first row, unless it follows one. */
function inForce(state: TopState, page: SessionsPage, filter: Filter): Step {
  const changed = { ...page, filter };
  const own = sameQuery(queryOf(page), queryOf(changed)) ? page.own : undefined;
  const placed = page.following === undefined ? { cursor: 0, top: 0 } : {};
  const next = withPage(state, rearrangedPage(state, { ...changed, own, ...placed }));
  return andThen(step(next), shownAnew);
}
