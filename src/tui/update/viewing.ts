import { safe } from "../../core/safe-text.js";
import { step, type Step, andThen } from "../events.js";
import { groupings } from "../groupings.js";
import { sessionsPage, type Tabs } from "../pages.js";
import { pageOf, type TopState, withPage } from "../state.js";
import { targetOf } from "../target.js";
import { shownAnew } from "./reading.js";
import { rearranged, selected } from "./selection.js";

/** The views in the order of Tab. */
export const tabNames: readonly (keyof Tabs)[] = ["sessions", "groups", "findings", "events"];

/** The state in another view. */
export function view(state: TopState, tab: keyof Tabs): Step {
  return andThen(step(rearranged({ ...state, tab, over: [], overlay: undefined })), shownAnew);
}

/** The state in the view so many after this one. */
export function viewAfter(state: TopState, by: number): Step {
  const at = tabNames.indexOf(state.tab) + by + tabNames.length;
  return view(state, tabNames[at % tabNames.length] ?? "sessions");
}

/** The findings, and an audit if there is none yet. */
export function viewFindings(state: TopState): Step {
  const { audit } = state;
  return andThen(view(state, "findings"), (next) => (audit.last === undefined ? startAudit(next) : step(next)));
}

/** Begins an audit in the background unless one is under way. */
export function startAudit(state: TopState): Step {
  if (state.audit.read !== undefined) return step(state);
  return step(state, { audit: { ...state.audit, read: 0, problem: undefined } }, { type: "audit" });
}

/** The state with the most recent sessions grouped. */
export function groupedBy(state: TopState, choice: number): Step {
  const by = groupings[choice]?.by;
  if (by === undefined) return step(state);
  if (by === "country" && state.geography !== "there") {
    const why = state.geography === "unknown" ? "the data on countries is still being read" : state.geography;
    const notice = { tone: "warning" as const, text: safe(`Not by country: ${why}`) };
    return step(state, { overlay: undefined, notice });
  }
  const groups = { ...state.tabs.groups, by, cursor: 0, top: 0 };
  return view({ ...state, tabs: { ...state.tabs, groups } }, "groups");
}

/** The state one level deeper: a session's details, a group's or a finding's sessions, an event's session. */
export function opened(state: TopState): Step {
  const page = pageOf(state);
  switch (page.kind) {
    case "sessions": {
      const row = selected(state);
      if (row === undefined) return step(state);
      const details = { kind: "details" as const, row, gone: state.vanished.has(row.id), scroll: 0 };
      return andThen(step(state, { over: [...state.over, details] }), shownAnew);
    }
    case "groups":
      return openedGroup(state, page);
    case "findings":
      return openedFinding(state, page.cursor);
    case "events":
      return openedEvent(state, page.cursor);
    case "details":
      return step(state);
  }
}

/** The state one level up. */
export function closed(state: TopState): Step {
  if (state.overlay !== undefined) return step(state, { overlay: undefined });
  return andThen(step(rearranged({ ...state, over: state.over.slice(0, -1) })), shownAnew);
}

function openedGroup(state: TopState, { by, shown, cursor }: Tabs["groups"]): Step {
  const group = shown[cursor];
  if (group === undefined) return step(state);
  // A user's sessions are all there by the index, not only the most recent.
  const user = by === "user" ? memberOf(state, group.name) : undefined;
  const users = user === undefined ? undefined : [user];
  const page = sessionsPage({ kind: "group", by, name: group.name, users });
  return andThen(step(rearranged({ ...state, over: [page] })), shownAnew);
}

/** The user as stored, of whom the group has the name made safe. */
function memberOf(state: TopState, name: string | undefined): string | undefined {
  return name === undefined ? undefined : state.look?.rows.find(({ user }) => user === name)?.session.user;
}

/** All of a finding's sessions are marked, so that they are what is changed there; any can be unmarked. */
function openedFinding(state: TopState, cursor: number): Step {
  const finding = state.audit.last?.findings[cursor];
  if (finding === undefined) return step(state);
  const page = sessionsPage({ kind: "ids", title: finding.title, ids: finding.sessions, marked: true });
  return andThen(step(state, { over: [page] }), shownAnew);
}

function openedEvent(state: TopState, cursor: number): Step {
  const event = state.pulse.events[cursor];
  if (event === undefined) return step(state);
  const page = sessionsPage({ kind: "ids", title: event.name, ids: [event.id], marked: false });
  return andThen(step(state, { over: [page] }), shownAnew);
}

/** The state with every session of the list marked. */
export function markedAll(state: TopState): Step {
  const page = pageOf(state);
  if (page.kind !== "sessions" || state.locked) return step(state);
  const marks = page.shown
    .filter(({ id, unread }) => !unread && !state.vanished.has(id))
    .map((row) => [row.id, targetOf(row)] as const);
  return step(withPage(state, { ...page, marks: new Map([...page.marks, ...marks]) }));
}
