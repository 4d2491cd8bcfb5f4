import type { WatchedEvent } from "../../app/watch/event.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { SessionId } from "../../core/token.js";
import { pageOf, type TopState, type Vanished } from "../state.js";
import { foundEnded } from "./auditing.js";
import { rearranged, sessionsOf } from "./selection.js";

/** How long a session that has gone stays on the screen, marked. */
const markedMs = 4000;
/** Most sessions that are marked as gone at once: more than any screen has lines. */
const mostVanished = 200;

/** Words for events that end a session; another kind of event ends none. */
const endings: Readonly<Partial<Record<WatchedEvent["type"], string>>> = {
  destroyed: "logged out",
  revoked: "revoked",
  expired: "expired",
};

/** The state with these sessions marked as gone, as far as they are on the screen; without a word known, *ended*. */
export function vanish(
  state: TopState,
  ids: readonly SessionId[],
  at: number,
  why: (id: SessionId) => SafeText = () => safe("ended"),
): TopState {
  const page = sessionsOf(state);
  if (page === undefined || ids.length === 0) return state;
  const gone = new Set(ids);
  const rows = page.shown.filter(({ id }) => gone.has(id) && !state.vanished.has(id)).slice(0, mostVanished);
  if (rows.length === 0) return state;
  const more = rows.map((row): [SessionId, Vanished] => [row.id, { row, at, why: why(row.id) }]);
  return { ...state, vanished: new Map([...state.vanished, ...more]) };
}

/** The state without the sessions that were marked as gone long enough. */
export function faded(state: TopState): TopState {
  const kept = [...state.vanished].filter(([, { at }]) => state.now - at < markedMs);
  return kept.length === state.vanished.size ? state : rearranged({ ...state, vanished: new Map(kept) });
}

/** The state after events that tell what became of sessions on the screen: ended, or gone on under another id. */
export function told(state: TopState, events: readonly WatchedEvent[]): TopState {
  const why = new Map<SessionId, SafeText>();
  const heirs = new Map<SessionId, SessionId>();
  for (const event of events) {
    const word = endings[event.type];
    if (word !== undefined) why.set(event.id, safe(event.why === undefined ? word : `${word}: ${event.why}`));
    if (event.type === "rotated" && event.previousId !== undefined) {
      why.set(event.previousId, safe(`new id ${event.id.slice(0, 8)}`));
      heirs.set(event.previousId, event.id);
    }
  }
  if (why.size === 0) return state;
  const known = new Map(
    [...state.vanished].map(([id, vanished]) => [id, { ...vanished, why: why.get(id) ?? vanished.why }]),
  );
  const marked = vanish(
    { ...state, vanished: known },
    [...why.keys()],
    state.now,
    (id) => why.get(id) ?? safe("ended"),
  );
  return rearranged(foundEnded(followedOn(marked, heirs), [...why.keys()]));
}

/** Who follows a session goes on following it under its new id. */
function followedOn(state: TopState, heirs: ReadonlyMap<SessionId, SessionId>): TopState {
  const page = pageOf(state);
  if (state.over.length > 0 || page.kind !== "sessions" || page.following === undefined) return state;
  const heir = heirs.get(page.following);
  const isThere = heir !== undefined && state.look?.rows.some(({ id }) => id === heir) === true;
  return isThere ? { ...state, tabs: { ...state.tabs, sessions: { ...page, following: heir } } } : state;
}
