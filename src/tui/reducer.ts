import { typeInto } from "./dialog.js";
import { andThen, step, type Step, type TopEvent } from "./events.js";
import { type Key, typed } from "./key-names.js";
import type { Action } from "./binding.js";
import { bindingFor } from "./keys.js";
import { contextOf, tooSmall } from "./layout.js";
import type { TopState } from "./state.js";
import { act } from "./update/acting.js";
import { auditFailed, audited, auditProgressed } from "./update/auditing.js";
import { eventsFailed, eventsRead, loadRead, ownRead, usersCounted } from "./update/besides.js";
import { changed } from "./update/changing.js";
import { filterCompiled, filtered, maxFilterLength } from "./update/filtering.js";
import { move } from "./update/moving.js";
import { askForLook, looked, lookFailed, rowsRead, shownAnew, ticked } from "./update/reading.js";
import { sessionsOf } from "./update/selection.js";

/** What becomes of the state when something happens, and what is to be done about it. Pure: the same in, the same out. */
export function reduce(state: TopState, event: TopEvent): Step {
  switch (event.type) {
    case "key":
      return pressed(state, event.key);
    case "pasted":
      return typedIn(state, Array.from(event.text).filter(typed).join(""));
    case "resized":
      return shownAnew({ ...state, size: event.size });
    case "tick":
      return ticked(state, event.at);
    case "warned":
      return step(state, { notice: { tone: "warning", text: event.text } });
    case "looked":
      return looked(state, event.look);
    case "look-failed":
      return lookFailed(state, event);
    case "rows-read":
      return rowsRead(state, event);
    case "own-read":
      return ownRead(state, event);
    case "events-read":
      return eventsRead(state, event);
    case "events-failed":
      return eventsFailed(state, event);
    case "load-read":
      return loadRead(state, event);
    case "users-counted":
      return usersCounted(state, event);
    case "located":
      // What was read before has no countries yet.
      return andThen(step(state, { geography: event.lack ?? "there" }), askForLook);
    case "audit-progress":
      return auditProgressed(state, event);
    case "audited":
      return audited(state, event);
    case "audit-failed":
      return auditFailed(state, event);
    case "filter-compiled":
      return filterCompiled(state, event);
    case "change-progress":
      return step(state, { running: state.running && { ...state.running, done: event.done } });
    case "changed":
      return changed(state, event);
  }
}

/** What works on a terminal that is too small to show what the other keys would do. */
const blindActions: ReadonlySet<string> = new Set(["quit", "interrupt", "suspend", "repaint"]);

function pressed(state: TopState, key: Key): Step {
  const context = contextOf(state);
  if (tooSmall(state.size)) {
    const binding = bindingFor(key, "sessions");
    return binding !== undefined && blindActions.has(binding.action) ? run(state, binding.action) : step(state);
  }
  const binding = bindingFor(key, context);
  if (binding !== undefined) {
    return run(state, binding.action);
  }
  return typedIn(state, typed(key));
}

/** Text goes where there is a field for it, and nowhere else. */
function typedIn(state: TopState, text: string | undefined): Step {
  if (text === undefined || text === "" || tooSmall(state.size)) return step(state);
  if (state.overlay?.kind === "filter") {
    return filtered(state, ((sessionsOf(state)?.filter.text ?? "") + text).slice(0, maxFilterLength));
  }
  if (state.overlay?.kind === "dialog") return step(state, { overlay: typeInto(state.overlay, text) });
  return step(state);
}

function run(state: TopState, action: Action): Step {
  switch (action) {
    case "up":
    case "down":
    case "page-up":
    case "page-down":
    case "first":
    case "last":
      return move(state, action);
    default:
      return act(state, action);
  }
}
