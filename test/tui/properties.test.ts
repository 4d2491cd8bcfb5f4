import fc from "fast-check";
import { expect, test } from "vitest";
import { SessctlError } from "../../src/core/errors.js";
import type { Change } from "../../src/core/ports.js";
import { safe } from "../../src/core/safe-text.js";
import { footerLine } from "../../src/tui/content/footer.js";
import { headerLines } from "../../src/tui/content/header.js";
import { messageLine } from "../../src/tui/content/message.js";
import { overlayLines } from "../../src/tui/content/overlay.js";
import { pageLines } from "../../src/tui/content/page.js";
import type { Effect, TopEvent } from "../../src/tui/events.js";
import { bindings } from "../../src/tui/keys.js";
import { boxRows, drawnRows, headerRows, pageRows, tableRows, tooSmall } from "../../src/tui/layout.js";
import { reduce } from "../../src/tui/reducer.js";
import { lineWidth } from "../../src/tui/spans.js";
import type { TopState } from "../../src/tui/state.js";
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
      .map(([read, there]): TopEvent => ({ type: "session-read", id: read.id, row: there ? read : undefined })),
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
  )
  .map((keys) => keys.map((name): TopEvent => ({ type: "key", key: name })));

const happenings = fc
  .array(fc.oneof({ weight: 3, arbitrary: event.map((one) => [one]) }, { weight: 1, arbitrary: habit }), {
    maxLength: 40,
  })
  .map((groups) => groups.flat());

const start = fc.record({
  readOnly: fc.boolean(),
  expire: fc.constantFrom("lasting" as const, "until-touch" as const, "none" as const),
});

/** What must hold of every state whatever happened before. */
function checkState(state: TopState): void {
  const { shown, cursor, top, size, overlay, look: seen } = state;
  const lastRow = Math.max(0, shown.length - 1);
  expect(cursor >= 0 && cursor <= lastRow).toBe(true);
  expect(top >= 0 && top <= cursor && cursor < top + tableRows(size)).toBe(true);
  // No blank lines below while rows are above.
  expect(top === 0 || top + tableRows(size) <= shown.length).toBe(true);
  expect(shown.every((each) => seen?.rows.includes(each) === true)).toBe(true);
  expect(shown.some(({ id }) => state.ended.has(id))).toBe(false);
  if (state.following !== undefined) expect(shown[cursor]?.id).toBe(state.following);
  if (overlay?.kind === "dialog") expect(overlay.targets.length).toBeGreaterThan(0);
  if (state.settings.readOnly)
    expect([state.marks.size, state.running, overlay?.kind === "dialog"]).toEqual([0, undefined, false]);
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
    if (effect.targets.length > 1) expect(overlay.count.trim()).toBe(String(effect.targets.length));
    expect(after.running?.targets).toBe(effect.targets);
  }
  expect(effects.filter(({ type }) => type === "look").length).toBeLessThanOrEqual(1);
}

/** Every line has its place and stays within the screen. */
function checkLines(state: TopState): void {
  if (tooSmall(state.size)) return;
  const { columns } = state.size;
  const parts = [
    { lines: headerLines(state), most: headerRows },
    { lines: pageLines(state), most: pageRows(state.size) },
    { lines: [messageLine(state), footerLine(state)], most: 2 },
    { lines: overlayLines(state), most: boxRows(state.size) + 2 },
  ];
  for (const { lines, most } of parts) {
    expect(lines.length).toBeLessThanOrEqual(most);
    for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
  }
  expect(headerRows + pageRows(state.size) + 2).toBe(drawnRows(state.size));
}

test("no sequence of keys and events reaches an impossible state or asks for what was not confirmed", () => {
  fc.assert(
    fc.property(start, happenings, (given, events) => {
      let state = fresh(given);
      let looking = 0;
      for (const happened of events) {
        const next = reduce(state, happened);
        if (happened.type === "looked" || happened.type === "look-failed") looking = 0;
        looking += next.effects.filter(({ type }) => type === "look").length;
        expect(looking).toBeLessThanOrEqual(1);
        checkState(next.state);
        checkEffects(state, happened, next.effects, next.state);
        ({ state } = next);
      }
      checkLines(state);
    }),
    { numRuns: 400 },
  );
});

test("the reducer is pure: the same events give the same state, and no state is changed in place", () => {
  fc.assert(
    fc.property(happenings, (events) => {
      const run = () => {
        const states = [fresh()];
        for (const happened of events) states.push(reduce(states.at(-1) ?? fresh(), happened).state);
        return states;
      };
      const first = run();
      const copies = first.map((state) => structuredClone({ ...state, look: undefined, shown: undefined }));
      expect(run()).toEqual(first);
      expect(first.map((state) => ({ ...state, look: undefined, shown: undefined }))).toEqual(copies);
    }),
    { numRuns: 60 },
  );
});
