import fc from "fast-check";
import { expect, test } from "vitest";
import { watchedEvent } from "../../src/app/watch/event.js";
import type { WatchedFinding } from "../../src/app/watch/findings.js";
import { createClientReader } from "../../src/clients/reader.js";
import { SessctlError } from "../../src/core/errors.js";
import { eventTypes, type SessionEvent } from "../../src/core/event.js";
import type { Change } from "../../src/core/ports.js";
import { safe } from "../../src/core/safe-text.js";
import type { Access } from "../../src/tui/access.js";
import { footerLine } from "../../src/tui/content/footer.js";
import { headerLines } from "../../src/tui/content/header.js";
import { messageLine } from "../../src/tui/content/message.js";
import { overlayLines } from "../../src/tui/content/overlay.js";
import { pageLines } from "../../src/tui/content/page.js";
import type { Effect, TopEvent } from "../../src/tui/events.js";
import { bindings } from "../../src/tui/keys.js";
import { boxRows, drawnRows, headerRows, listRows, pageRows, tooSmall } from "../../src/tui/layout.js";
import type { Page, Place } from "../../src/tui/pages.js";
import { keptEvents } from "../../src/tui/pulse.js";
import { reduce } from "../../src/tui/reducer.js";
import { lineWidth } from "../../src/tui/spans.js";
import { pageOf, type TopState } from "../../src/tui/state.js";
import { lengthOf } from "../../src/tui/update/selection.js";
import { fresh, idOf, look, noon, row } from "./driving.js";

/** Keys that mean something, digits for counts, and text that nobody expects. */
const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...new Set(bindings.flatMap(({ keys }) => keys))) },
  { weight: 2, arbitrary: fc.constantFrom("1", "2", "3", "m", "日", "a") },
  { weight: 1, arbitrary: fc.string({ maxLength: 3 }) },
);

const time = fc.integer({ min: noon - 10_000, max: noon + 100_000 });

const someRow = fc
  .record({
    n: fc.integer({ min: 0, max: 30 }),
    user: fc.option(fc.constantFrom("alice", "bob", "日本語の利用者", "\u001b[2Jeve\u202e"), { nil: undefined }),
    lastSeenAt: fc.option(time, { nil: undefined }),
    createdAt: fc.option(time, { nil: undefined }),
    endsAt: fc.constantFrom(undefined, Number.POSITIVE_INFINITY, noon + 5000),
    corrupt: fc.option(fc.constant("no JSON"), { nil: undefined }),
    sightings: fc.constantFrom(
      [],
      [{ at: noon, ip: "2001:db8:1234:5678:9abc:def0:1234:5678", userAgent: "\u001b]0;x\u0007🎉é" }],
      [
        { at: noon, ip: "203.0.113.7", userAgent: "curl/8.5" },
        {
          at: noon + 1,
          ip: "198.51.100.7",
          userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        },
      ],
    ),
  })
  .map(({ n, ...given }) => row(`${String(n).padStart(4, "0")}abcd`, given));

const rows = fc.uniqueArray(someRow, { selector: ({ id }) => id, maxLength: 25 });

/** What became of each of 31 sessions; those that are missing have no answer. */
const changes = fc.array(fc.constantFrom("revoked", "expired", "unchanged", "gone", "failed", undefined), {
  minLength: 31,
  maxLength: 31,
});

const event: fc.Arbitrary<TopEvent> = fc.oneof(
  { weight: 8, arbitrary: key.map((name): TopEvent => ({ type: "key", key: name })) },
  { weight: 1, arbitrary: time.map((at): TopEvent => ({ type: "tick", at })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("x\t\r", "3", "alice\n").map((text): TopEvent => ({ type: "pasted", text })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(rows, time).map(([seen, at]): TopEvent => ({ type: "looked", look: look(seen, { at }) })),
  },
  {
    weight: 1,
    arbitrary: time.map((at): TopEvent => ({
      type: "look-failed",
      at,
      problem: { code: "timeout", message: safe("too slow") },
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ columns: fc.integer({ min: 1, max: 260 }), rows: fc.integer({ min: 1, max: 70 }) })
      .map((size): TopEvent => ({ type: "resized", size })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(someRow, fc.boolean())
      .map(([read, there]): TopEvent => ({ type: "rows-read", ids: [read.id], rows: there ? [read] : [] })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(changes, time).map(([outcomes, at]): TopEvent => {
      const error = new SessctlError("denied", "no permission");
      const answers = outcomes.flatMap((outcome, n): Change[] =>
        outcome === undefined ? [] : [{ id: idOf(`${String(n).padStart(4, "0")}abcd`), outcome, error }],
      );
      return { type: "changed", at, changes: answers, problem: undefined };
    }),
  },
);

/** What is under way once at the most, and what says that it is over. */
const answers: Readonly<Partial<Record<TopEvent["type"], readonly string[]>>> = {
  looked: ["look"],
  "look-failed": ["look"],
  "rows-read": ["read-rows"],
  "own-read": ["read-own"],
  "events-read": ["read-events"],
  "events-failed": ["read-events"],
  audited: ["audit"],
  "audit-failed": ["audit"],
  changed: ["revoke", "expire"],
};
const single = new Set(Object.values(answers).flat());

const idAt = (n: number) => idOf(`${String(n).padStart(4, "0")}abcd`);
const found = (n: number, sessions: readonly number[]): WatchedFinding => ({
  id: String(n),
  rule: safe("hijack"),
  severity: "high",
  title: safe("日本語 network and client both changed"),
  summary: safe("somebody else may hold its token"),
  sessions: sessions.map(idAt),
  user: safe("alice"),
  ip: undefined,
  lastSeenAt: noon,
  text: "hijack",
});

/** What is read beside the look: events, own lists, users, audits, filters. */
const besides: fc.Arbitrary<TopEvent> = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...eventTypes), fc.integer({ min: 0, max: 30 }), time), { maxLength: 8 })
    .map((some): TopEvent => ({
      type: "events-read",
      at: noon + 1000,
      passedOver: some.length > 6,
      events: some.map(([type, n, at]) => watchedEvent(eventOf(type, n, at), createClientReader())),
    })),
  fc.constantFrom<TopEvent>(
    { type: "events-failed", problem: { code: "denied", message: safe("no") } },
    { type: "events-failed", problem: { code: "timeout", message: safe("slow") } },
    { type: "load-read", load: { memoryBytes: 2_100_000_000, commandsPerSecond: 8100 } },
    { type: "users-counted", users: 802_114, exact: false },
    { type: "audit-progress", read: 1000 },
    { type: "audit-failed", problem: { code: "timeout", message: safe("slow") } },
    { type: "change-progress", done: 1 },
  ),
  fc
    .array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 }), { maxLength: 9 })
    .map((all): TopEvent => ({
      type: "audited",
      audit: { at: noon, sessions: 31, findings: all.map((some, n) => found(n, some)), more: 0, notRun: [] },
    })),
  fc.tuple(rows, fc.constantFrom("alice", "bob")).map(([some, user]): TopEvent => ({
    type: "own-read",
    query: { users: [user] },
    rows: some,
  })),
  fc.constantFrom('user == "alice"', "idle > 1").map((text): TopEvent => ({
    type: "filter-compiled",
    text,
    result: text.startsWith("user")
      ? { compiled: { matches: ({ user }) => user === "alice", users: ["alice"], tooLarge: () => 0 } }
      : { mistake: { code: "invalid-argument", message: safe("no such thing") } },
  })),
);

function eventOf(type: SessionEvent["type"], n: number, at: number): SessionEvent {
  const previousId = type === "rotated" ? idAt(n + 1) : undefined;
  return {
    type,
    at,
    id: idAt(n),
    user: "日本語",
    ip: "::1",
    userAgent: "curl/8",
    previousId,
    reason: "\u001b",
    actor: "x",
  };
}

/** What people do in one go, so that chance comes as far as they do. */
const habit: fc.Arbitrary<readonly TopEvent[]> = fc
  .constantFrom(
    ["x", "tab", "enter"],
    ["e", "tab", "enter"],
    ["space", "space", "x", "2", "tab", "tab"],
    ["space", "space", "space", "x", "3", "tab", "tab", "enter"],
    ["space", "space", "e", "2", "tab", "tab", "enter"],
    ["/", "a", "enter"],
    ["enter", "x", "tab"],
    ["r", "r"],
    ["space", "down", "space", "x", "tab", "enter"],
    ["F", "end"],
    ["a", "enter", "x", "tab", "tab", "enter"],
    ["W", "space", "x", "p", "r", "o", "d", "tab", "tab", "enter"],
    ["E", "enter"],
    ["g", "down", "enter", "enter", "enter", "x"],
    ["tab", "tab", "shift-tab"],
    ["/", ...Array.from('user == "alice"', (key) => (key === " " ? "space" : key))],
  )
  .map((keys) => keys.map((name): TopEvent => ({ type: "key", key: name })));

const happenings = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: event.map((one) => [one]) },
      { weight: 1, arbitrary: besides.map((one) => [one]) },
      { weight: 1, arbitrary: habit },
    ),
    {
      maxLength: 40,
    },
  )
  .map((groups) => groups.flat());

const start = fc.record({
  access: fc.constantFrom<Access>(
    { kind: "open" },
    { kind: "read-only" },
    { kind: "protected", profile: safe("prod") },
  ),
  events: fc.boolean(),
  still: fc.boolean(),
  expire: fc.constantFrom("lasting" as const, "until-touch" as const, "none" as const),
});

/** A list's place is within it, and its window is full while there are rows for it. */
function checkPlace({ cursor, top }: Place, length: number, rows: number): void {
  expect(cursor >= 0 && cursor <= Math.max(0, length - 1)).toBe(true);
  expect(top >= 0 && top <= cursor && cursor < top + rows).toBe(true);
  expect(top === 0 || top + rows <= length).toBe(true);
}

/** What must hold of every state whatever happened before. */
function checkState(state: TopState): void {
  const { overlay, settings, tabs, over } = state;
  const page = pageOf(state);
  const all: readonly Page[] = [tabs.sessions, tabs.groups, tabs.findings, tabs.events, ...over];
  const lists = all.filter((each) => each.kind !== "details");
  const current = lists.find((each) => each === page);
  if (current !== undefined) checkPlace(current, lengthOf(state, current), listRows(state));
  for (const list of lists) {
    if (list.kind !== "sessions") continue;
    expect(new Set(list.shown.map(({ id }) => id)).size).toBe(list.shown.length);
    // What has ended is there for a moment, marked, or not at all.
    expect(list.shown.some(({ id }) => state.ended.has(id) && !state.vanished.has(id))).toBe(false);
    if (list.following !== undefined) expect(list.shown[list.cursor]?.id).toBe(list.following);
    if (state.locked) expect(list.marks.size).toBe(0);
  }
  expect(over.length).toBeLessThanOrEqual(2);
  expect(state.pulse.events.length).toBeLessThanOrEqual(keptEvents);
  if (overlay?.kind === "dialog") expect(overlay.targets.length).toBeGreaterThan(0);
  // A field or a choice is only there with the list that it is for.
  if (overlay?.kind === "filter" || overlay?.kind === "sort") expect(page.kind).toBe("sessions");
  if (settings.access.kind === "read-only") expect(state.locked).toBe(true);
  if (state.locked && state.running === undefined) expect(overlay?.kind).not.toBe("dialog");
}

/** What may be asked for, given what came before. */
function checkEffects(before: TopState, happened: TopEvent, effects: readonly Effect[], after: TopState): void {
  for (const effect of effects) {
    if (effect.type === "look")
      expect([before.lookingSince === undefined || happened.type !== "tick", after.lookingSince]).toEqual([
        true,
        expect.anything(),
      ]);
    if (effect.type !== "revoke" && effect.type !== "expire") continue;
    const { overlay } = before;
    expect(happened).toMatchObject({ type: "key" });
    expect(before.running).toBeUndefined();
    expect(overlay).toMatchObject({ kind: "dialog", action: effect.type, focus: "go" });
    if (overlay?.kind !== "dialog") continue;
    expect(effect.targets).toBe(overlay.targets);
    if (effect.targets.length > 1) expect(overlay.wanted).toBeDefined();
    if (before.settings.access.kind === "protected") expect(overlay.wanted).toBe("prod");
    expect([before.locked, overlay.wanted ?? ""]).toEqual([false, overlay.word.trim()]);
    expect(after.running?.targets).toBe(effect.targets);
  }
  for (const type of ["look", "read-events", "read-own", "read-rows", "audit"])
    expect(effects.filter((effect) => effect.type === type).length).toBeLessThanOrEqual(1);
}

/** Every line has its place and stays within the screen. */
function checkLines(state: TopState): void {
  if (tooSmall(state.size)) return;
  const { columns } = state.size;
  const parts = [
    { lines: headerLines(state), most: headerRows(state.size) },
    { lines: pageLines(state), most: pageRows(state.size) },
    { lines: [messageLine(state), footerLine(state)], most: 2 },
    { lines: overlayLines(state), most: boxRows(state.size) + 2 },
  ];
  for (const { lines, most } of parts) {
    expect(lines.length).toBeLessThanOrEqual(most);
    for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
  }
  expect(headerRows(state.size) + pageRows(state.size) + 2).toBe(drawnRows(state.size));
}

test("no sequence of keys and events reaches an impossible state or asks for what was not confirmed", () => {
  fc.assert(
    fc.property(start, happenings, (given, events) => {
      let state = fresh(given);
      const under = new Set<string>();
      for (const happened of events) {
        const next = reduce(state, happened);
        for (const type of answers[happened.type] ?? []) under.delete(type);
        for (const { type } of next.effects.filter((effect) => single.has(effect.type))) {
          expect(under).not.toContain(type);
          under.add(type);
        }
        checkState(next.state);
        checkEffects(state, happened, next.effects, next.state);
        ({ state } = next);
      }
      checkLines(state);
    }),
    { numRuns: 400 },
  );
});

/** The state without functions, which cannot be copied. */
function plain(state: TopState) {
  const { sessions } = state.tabs;
  return {
    ...state,
    tabs: { ...state.tabs, sessions: { ...sessions, filter: sessions.filter.text } },
    over: state.over.length,
  };
}

test("the reducer is pure: the same events give the same state, and no state is changed in place", () => {
  fc.assert(
    fc.property(happenings, (events) => {
      const run = () => {
        const states = [fresh()];
        for (const happened of events) states.push(reduce(states.at(-1) ?? fresh(), happened).state);
        return states;
      };
      const first = run();
      const copies = first.map((state) => structuredClone(plain(state)));
      expect(run()).toEqual(first);
      expect(first.map(plain)).toEqual(copies);
    }),
    { numRuns: 60 },
  );
});
