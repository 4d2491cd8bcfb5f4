import type { WatchedSession } from "../../app/watch/session.js";
import { type Effect, type TopEvent, step, type Step } from "../events.js";
import type { SessionsPage } from "../pages.js";
import { withEvents, withUsers } from "../pulse.js";
import type { Reads, TopState } from "../state.js";
import { targetOf } from "../target.js";
import { queryOf, rearranged, sameQuery, sessionsOf, withinLists } from "./selection.js";
import { told } from "./vanishing.js";

/** How often the server's load and the number of users are asked for, in ms. */
const loadEveryMs = 5000;
const usersEveryMs = 15_000;

/** Up to so many sessions users are counted one by one. */
const countedUsers = 5000;

/** What is read beside a look, and when the next time comes. */
export function besides(state: TopState): { readonly reads: Reads; readonly effects: readonly Effect[] } {
  const { reads, now, pulse, look } = state;
  const effects: Effect[] = [];
  const page = sessionsOf(state);
  const query = page && queryOf(page);
  const events = !reads.events && (pulse.told === "unknown" || pulse.told === "yes");
  const load = now >= reads.nextLoadAt;
  const users = now >= reads.nextUsersAt && look !== undefined && look.walk === undefined;
  const own = query !== undefined && !reads.own;
  if (events) effects.push({ type: "read-events" });
  if (load) effects.push({ type: "read-load" });
  if (users) effects.push({ type: "count-users", exact: look.sessions <= countedUsers });
  if (own) effects.push({ type: "read-own", query });
  return {
    effects,
    reads: {
      ...reads,
      events: reads.events || events,
      own: reads.own || own,
      nextLoadAt: load ? now + loadEveryMs : reads.nextLoadAt,
      nextUsersAt: users ? now + usersEveryMs : reads.nextUsersAt,
    },
  };
}

/** Events were read: for the rates, the list of them, and for what they tell of sessions on the screen. */
export function eventsRead(state: TopState, event: Extract<TopEvent, { type: "events-read" }>): Step {
  const { events, at } = event;
  const list = state.tabs.events;
  // The cursor stays on its event, unless it is on the latest to watch them come.
  const by = list.cursor === 0 ? 0 : events.length;
  const next: TopState = {
    ...state,
    reads: { ...state.reads, events: false },
    pulse: withEvents(state.pulse, events, { at, passedOver: event.passedOver }),
    tabs: { ...state.tabs, events: { ...list, cursor: list.cursor + by, top: list.top + by } },
  };
  return { state: withinLists(told(next, events)), effects: [] };
}

/** Events could not be read: when they may not be, they are not asked for again. */
export function eventsFailed(state: TopState, { problem }: Extract<TopEvent, { type: "events-failed" }>): Step {
  const forGood = problem.code === "denied" || problem.code === "unsupported";
  return step(state, {
    reads: { ...state.reads, events: false },
    ...(forGood && { pulse: { ...state.pulse, told: problem } }),
  });
}

/** The server told its load, or did not. */
export function loadRead(state: TopState, { load }: Extract<TopEvent, { type: "load-read" }>): Step {
  return step(state, { pulse: { ...state.pulse, load } });
}

/** Users were counted or estimated, or could not be. */
export function usersCounted(state: TopState, event: Extract<TopEvent, { type: "users-counted" }>): Step {
  const { users, exact } = event;
  if (users === undefined) return step(state);
  const { pulse } = state;
  return step(state, {
    pulse: exact ? { ...pulse, users: { mean: users, samples: 0, exact } } : withUsers(pulse, users),
  });
}

/** A list's own sessions were read. What it no longer asks for is dropped. */
export function ownRead(state: TopState, { query, rows }: Extract<TopEvent, { type: "own-read" }>): Step {
  const read = { ...state, reads: { ...state.reads, own: false } };
  if (rows === undefined) return step(read);
  const isFor = (page: TopState["over"][number]) => page.kind === "sessions" && sameQuery(queryOf(page), query);
  const { sessions } = state.tabs;
  return step(
    rearranged({
      ...read,
      tabs: isFor(sessions) ? { ...state.tabs, sessions: { ...sessions, own: rows } } : state.tabs,
      over: state.over.map((page) => (page.kind === "sessions" && isFor(page) ? withOwn(state, page, rows) : page)),
    }),
  );
}

function withOwn(state: TopState, page: SessionsPage, rows: readonly WatchedSession[]): SessionsPage {
  const isFirst = page.own === undefined && page.scope.kind === "ids" && page.scope.marked && !state.locked;
  const marks = isFirst ? new Map(rows.map((row) => [row.id, targetOf(row)])) : page.marks;
  return { ...page, own: rows, marks };
}
