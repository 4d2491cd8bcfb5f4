import { defaultWatchLimit, type Look } from "../../app/watch.js";
import { type Effect, step, type Step, type TopEvent } from "../events.js";
import { tableRows } from "../layout.js";
import type { Sample, TopState } from "../state.js";
import { rearranged } from "./selection.js";

/** Looks that the graphs remember. */
const historyLength = 240;

/** Asks for a look; when one is under way, for another one after it. */
export function askForLook(state: TopState): Step {
  if (state.lookingSince !== undefined) return step(state, { lookAgain: true });
  // The first look reads no more than can be seen: it is there the sooner. The whole follows at once.
  const limit = state.look === undefined ? tableRows(state.size) : defaultWatchLimit;
  return step(state, { lookingSince: state.now, lookAgain: state.look === undefined }, { type: "look", limit });
}

/** Time went on: the clock on the screen, and a look when it is due. */
export function ticked(state: TopState, at: number): Step {
  // The screen shows whole seconds: a tick within the same one changes nothing.
  const timed = Math.floor(at / 1000) === Math.floor(state.now / 1000) ? state : { ...state, now: at };
  const due = state.lookingSince === undefined && at >= state.nextLookAt && state.pausedAt === undefined;
  return due ? askForLook({ ...timed, now: at }) : { state: timed, effects: [] };
}

/** A look came back. */
export function looked(state: TopState, look: Look): Step {
  const now = Math.max(state.now, look.at);
  const next: TopState = {
    ...state,
    now,
    look,
    link: { kind: "up" },
    lookingSince: undefined,
    lookAgain: false,
    nextLookAt: state.lookAgain ? now : look.at + state.intervalMs,
    history: [...state.history, sampleOf(look, state.look)].slice(-historyLength),
    ended: new Map([...state.ended].filter(([, at]) => at >= look.at)),
  };
  const effects: Effect[] = [];
  if (state.page.kind === "details" && !state.page.gone) effects.push({ type: "read-session", id: state.page.row.id });
  return { state: rearranged(next), effects };
}

/** A look failed: what was read last stays. */
export function lookFailed(state: TopState, event: Extract<TopEvent, { type: "look-failed" }>): Step {
  const { at, problem } = event;
  return step(state, {
    now: Math.max(state.now, at),
    lookingSince: undefined,
    lookAgain: false,
    nextLookAt: at + state.intervalMs,
    link: { kind: "down", since: state.link.kind === "down" ? state.link.since : at, problem },
  });
}

/** The session of the details page was read again; gone, its last state stays on the screen and says so. */
export function sessionRead(state: TopState, event: Extract<TopEvent, { type: "session-read" }>): Step {
  const { page } = state;
  if (page.kind !== "details" || page.row.id !== event.id) return step(state);
  if (event.row === undefined) return step(state, { page: { ...page, gone: true } });
  return step(state, { page: { ...page, row: event.row } });
}

function sampleOf(look: Look, before: Look | undefined): Sample {
  const created =
    before === undefined
      ? 0
      : look.rows.filter((row) => row.createdAt !== undefined && row.createdAt > before.at && row.createdAt <= look.at)
          .length;
  return { active: look.active1m, created, flagged: look.flagged };
}
