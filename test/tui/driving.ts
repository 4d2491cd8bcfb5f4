import { renderToString } from "ink";
import { createElement } from "react";
import type { Look } from "../../src/app/watch/look.js";
import { watched, type WatchedSession } from "../../src/app/watch/session.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { DirectorySession } from "../../src/core/ports.js";
import type { Effect, TopEvent } from "../../src/tui/events.js";
import { reduce } from "../../src/tui/reducer.js";
import type { SessionsPage } from "../../src/tui/pages.js";
import type { Size } from "../../src/tui/size.js";
import { pageOf, startState, type TopState } from "../../src/tui/state.js";
import { App } from "../../src/tui/views/app.js";
import { directorySession } from "../helpers/directory-session.js";

/** 2026-03-01T14:00:00Z */
export const noon = Date.UTC(2026, 2, 1, 14);

const reader = createClientReader();

/** A whole id that begins with this. */
export const idOf = (prefix: string) => prefix.padEnd(32, "0");

/** A row of the table; by default of alice, seen at `noon`. */
export function row(prefix: string, given: Partial<DirectorySession> = {}): WatchedSession {
  const times = { createdAt: noon - 60_000, lastSeenAt: noon, idleEndsAt: noon + 1_800_000, endsAt: noon + 36_000_000 };
  return watched(directorySession({ id: idOf(prefix), ...times, ...given }), reader);
}

/** A look that saw these rows. */
export function look(rows: readonly WatchedSession[], given: Partial<Look> = {}): Look {
  return {
    at: noon,
    sessions: 2104,
    active1m: 211,
    active5m: 1020,
    flagged: 17,
    created1m: { count: 12, atLeast: false },
    rows,
    limit: 500,
    gone: [],
    walk: undefined,
    ...given,
  };
}

/** A few sessions of three users, the first seen last. */
export const someRows = [
  row("aaaa1111", { user: "alice", lastSeenAt: noon - 1000, createdAt: noon - 7_200_000 }),
  row("bbbb2222", { user: "bob", lastSeenAt: noon - 2000, createdAt: noon - 60_000 }),
  row("cccc3333", { user: "alice", lastSeenAt: noon - 3000, createdAt: noon - 120_000 }),
  row("dddd4444", { user: undefined, lastSeenAt: noon - 4000, createdAt: noon - 30_000 }),
];

/** A state before anything was read. */
export function fresh(given: Partial<Parameters<typeof startState>[0]> = {}): TopState {
  return startState({
    label: "redis://cache-1",
    layout: "native",
    access: { kind: "open" },
    expire: "lasting",
    events: true,
    still: false,
    size: { columns: 100, rows: 24 },
    now: noon,
    intervalMs: 2000,
    ...given,
  });
}

/** A state that shows these rows. */
export function showing(rows: readonly WatchedSession[] = someRows, given: Parameters<typeof fresh>[0] = {}): TopState {
  return after(fresh(given), { type: "looked", look: look(rows) });
}

/** The state after these events. */
export function after(state: TopState, ...events: readonly TopEvent[]): TopState {
  return events.reduce((before, event) => reduce(before, event).state, state);
}

/** The state after these keys. */
export function press(state: TopState, ...keys: readonly string[]): TopState {
  return after(state, ...keys.map((key) => ({ type: "key", key }) as const));
}

/** The keys that type a text. */
export function typing(text: string): readonly string[] {
  return Array.from(text);
}

/** What the last of these keys asks for. */
export function effectsOf(state: TopState, ...keys: readonly string[]): readonly Effect[] {
  const last = keys.at(-1) ?? "";
  return reduce(press(state, ...keys.slice(0, -1)), { type: "key", key: last }).effects;
}

/** The list of sessions on the screen. */
export function listOf(state: TopState): SessionsPage {
  const page = pageOf(state);
  if (page.kind !== "sessions") throw new Error(`the screen shows ${page.kind}`);
  return page;
}

/** The ids on the screen by their first four characters. */
export function shownIds(state: TopState): readonly string[] {
  return listOf(state).shown.map(({ id }) => id.slice(0, 4));
}

/** What the screen says, without colours. */
export function frame(state: TopState): string {
  return renderToString(createElement(App, { state }), { columns: state.size.columns });
}

/** Sizes that a screen is looked at in. */
export const sizes: readonly Size[] = [
  { columns: 60, rows: 15 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 250, rows: 100 },
];
