import { typeInto } from "./dialog.js";
import { step, type Step, type TopEvent } from "./events.js";
import { type Key, typed } from "./key-names.js";
import { bindingFor } from "./keys.js";
import { contextOf, tooSmall } from "./layout.js";
import type { TopState } from "./state.js";
import { act, filtered } from "./update/acting.js";
import { changed } from "./update/changing.js";
import { move } from "./update/moving.js";
import { looked, lookFailed, sessionRead, ticked } from "./update/reading.js";
import { scrolled } from "./update/selection.js";

/** Longest filter that is taken, in characters. */
const maxFilterLength = 200;

/** What becomes of the state when something happens, and what is to be done about it. Pure: the same in, the same out. */
export function reduce(state: TopState, event: TopEvent): Step {
  switch (event.type) {
    case "key":
      return pressed(state, event.key);
    case "pasted":
      return typedIn(state, Array.from(event.text).filter(typed).join(""));
    case "resized":
      return step(scrolled({ ...state, size: event.size }, state.cursor));
    case "tick":
      return ticked(state, event.at);
    case "looked":
      return looked(state, event.look);
    case "look-failed":
      return lookFailed(state, event);
    case "session-read":
      return sessionRead(state, event);
    case "changed":
      return changed(state, event);
  }
}

/** What works on a terminal that is too small to show what the other keys would do. */
const blindActions: ReadonlySet<string> = new Set(["quit", "interrupt", "suspend", "repaint"]);

function pressed(state: TopState, key: Key): Step {
  const context = contextOf(state);
  if (tooSmall(state.size)) {
    const binding = bindingFor(key, "table");
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
  if (state.overlay?.kind === "filter") return filtered(state, (state.filter + text).slice(0, maxFilterLength));
  if (state.overlay?.kind === "dialog") return step(state, { overlay: typeInto(state.overlay, text) });
  return step(state);
}

function run(state: TopState, action: NonNullable<ReturnType<typeof bindingFor>>["action"]): Step {
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
