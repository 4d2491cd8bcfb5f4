import { describe, expect, test } from "vitest";
import { SessctlError } from "../../src/core/errors.js";
import type { Change } from "../../src/core/ports.js";
import { safe } from "../../src/core/safe-text.js";
import { reduce } from "../../src/tui/reducer.js";
import { pageOf } from "../../src/tui/state.js";
import {
  after,
  effectsOf,
  fresh,
  idOf,
  listOf,
  look,
  noon,
  press,
  row,
  showing,
  shownIds,
  someRows,
  typing,
} from "./driving.js";

const problem = { code: "unreachable", message: safe("connection refused") };
const changed = (...changes: readonly Change[]) =>
  ({ type: "changed", at: noon, changes, problem: undefined }) as const;
const wholeLook = { type: "look", request: expect.objectContaining({ limit: 500 }) };
const revoked = (prefix: string): Change => ({ id: idOf(prefix), outcome: "revoked" });

describe("reading", () => {
  test("a look is asked for at the first tick, and none while one is under way", () => {
    const first = reduce(fresh(), { type: "tick", at: noon });
    expect(first.effects).toEqual([{ type: "look", request: { limit: 16 } }]);
    expect(reduce(first.state, { type: "tick", at: noon + 60_000 }).effects).toEqual([]);
    expect(effectsOf(first.state, "r")).toEqual([]);
  });

  test("the first look reads what the screen can show, and the whole follows at once", () => {
    const first = reduce(fresh(), { type: "tick", at: noon }).state;
    const seen = after(first, { type: "looked", look: look(someRows, { limit: 16 }) });
    expect(reduce(seen, { type: "tick", at: noon + 200 }).effects).toContainEqual(wholeLook);
  });

  test("the next look is an interval after the last one began", () => {
    const state = showing();
    expect(reduce(state, { type: "tick", at: noon + 1999 }).effects).toEqual([]);
    expect(reduce(state, { type: "tick", at: noon + 2000 }).effects).toContainEqual(wholeLook);
  });

  test("a look asked for while one is under way follows it at once", () => {
    const under = after(showing(), { type: "tick", at: noon + 2000 });
    const back = after(press(under, "r"), { type: "looked", look: look(someRows, { at: noon + 2000 }) });
    expect(reduce(back, { type: "tick", at: noon + 2200 }).effects).toContainEqual(wholeLook);
  });

  test("a tick within the same second changes nothing, so nothing is drawn", () => {
    const state = showing();
    expect(reduce(state, { type: "tick", at: noon + 900 }).state).toBe(state);
  });

  test("what was read stays when Redis goes away, since when is kept, and a look that succeeds ends it", () => {
    const down = after(showing(), { type: "look-failed", at: noon + 5000, problem });
    const later = after(down, { type: "look-failed", at: noon + 9000, problem });
    expect(later.link).toEqual({ kind: "down", since: noon + 5000, problem });
    expect(shownIds(later)).toHaveLength(4);
    expect(reduce(later, { type: "tick", at: noon + 11_000 }).effects).toContainEqual(wholeLook);
    expect(after(later, { type: "looked", look: look(someRows, { at: noon + 11_000 }) }).link).toEqual({ kind: "up" });
  });

  test("paused, ticks ask for nothing; going on asks at once", () => {
    const paused = press(showing(), "Z");
    expect(reduce(paused, { type: "tick", at: noon + 60_000 }).effects).toEqual([]);
    expect(effectsOf(paused, "r")).toContainEqual(wholeLook);
    expect(effectsOf(paused, "Z")).toContainEqual(wholeLook);
  });

  test("+ and - change the interval within its bounds", () => {
    expect(press(showing(), "+").intervalMs).toBe(5000);
    expect(press(showing(), "-", "-", "-", "-").intervalMs).toBe(500);
    expect(press(showing(), ...typing("+++++++++")).intervalMs).toBe(60_000);
  });

  test("graphs remember what every look saw", () => {
    const state = after(showing(), { type: "looked", look: look(someRows, { at: noon + 2000, active1m: 300 }) });
    expect(state.history).toEqual([
      { active: 211, flagged: 17 },
      { active: 300, flagged: 17 },
    ]);
  });
});

describe("table", () => {
  test("the most recently active come first; I inverts, s chooses", () => {
    expect(shownIds(showing())).toEqual(["aaaa", "bbbb", "cccc", "dddd"]);
    expect(shownIds(press(showing(), "I"))).toEqual(["dddd", "cccc", "bbbb", "aaaa"]);
    const byAge = press(showing(), "s", "up", "enter");
    expect(listOf(byAge).sort).toEqual({ column: "age", inverted: false });
    expect(shownIds(byAge)).toEqual(["dddd", "bbbb", "cccc", "aaaa"]);
  });

  test("what has no value comes last in either direction", () => {
    const byUser = press(showing(), "s", "up", "up", "up", "up", "up", "up", "enter");
    expect(listOf(byUser).sort.column).toBe("user");
    expect(shownIds(byUser)).toEqual(["aaaa", "cccc", "bbbb", "dddd"]);
    expect(shownIds(press(byUser, "I")).at(-1)).toBe("dddd");
  });

  test("the filter applies while it is typed; Enter keeps it, Escape brings back the one before", () => {
    const filtering = press(showing(), "/", ...typing("ALI"));
    expect(shownIds(filtering)).toEqual(["aaaa", "cccc"]);
    const kept = press(filtering, "enter");
    expect([kept.overlay, listOf(kept).filter.inForce]).toEqual([undefined, "ALI"]);
    expect(listOf(press(kept, "/", "x", "escape")).filter.text).toBe("ALI");
    expect(listOf(press(kept, "escape")).filter.text).toBe("");
  });

  test("every word of the filter must be there, in whichever column", () => {
    const rows = [
      row("aaaa1111", { user: "alice", sightings: [{ at: noon, ip: "203.0.113.7", userAgent: "curl/8.5" }] }),
      row("bbbb2222", { user: "alice", sightings: [{ at: noon, ip: "198.51.100.1", userAgent: "curl/8.5" }] }),
    ];
    expect(shownIds(press(showing(rows), "/", ...typing("curl"), "space", ...typing("203.0")))).toEqual(["aaaa"]);
  });

  test("keys that are commands elsewhere are text in the filter", () => {
    expect(effectsOf(showing(), "/", "q")).toEqual([]);
    expect(listOf(press(showing(), "/", "q", "x", "Z", "?")).filter.text).toBe("qxZ?");
  });

  test("the cursor stays on its line, and with F on its session", () => {
    const second = press(showing(), "down");
    const reversed = look(someRows.toReversed());
    expect(listOf(after(second, { type: "looked", look: reversed })).cursor).toBe(1);
    const following = after(press(second, "F"), { type: "looked", look: reversed });
    expect(listOf(following).shown[listOf(following).cursor]?.id).toBe(idOf("bbbb2222"));
    expect(listOf(press(following, "up")).following).toBe(idOf("cccc3333"));
    expect(listOf(press(following, "F")).following).toBeUndefined();
  });

  test("the window follows the cursor and stays within the rows", () => {
    const rows = Array.from({ length: 100 }, (_, n) => row(String(1000 + n), { lastSeenAt: noon - n }));
    // The header takes four lines, the titles one, the message and the keys two, and the last stays free.
    const end = press(showing(rows), "end");
    expect(listOf(end).cursor).toBe(99);
    expect(listOf(end).top).toBe(100 - 16);
    const fewer = after(end, { type: "looked", look: look(rows.slice(0, 5)) });
    expect([listOf(fewer).cursor, listOf(fewer).top]).toEqual([4, 0]);
    expect(listOf(press(end, "pageup")).cursor).toBe(83);
    expect(listOf(press(end, "home")).top).toBe(0);
  });
});

describe("details", () => {
  test("Enter opens the selected session and reads it anew, as does every look", () => {
    expect(effectsOf(showing(), "enter")).toEqual([{ type: "read-rows", ids: [idOf("aaaa1111")] }]);
    const ids = [idOf("aaaa1111")];
    const open = after(press(showing(), "enter"), { type: "rows-read", ids, rows: someRows.slice(0, 1) });
    expect(reduce(open, { type: "looked", look: look([]) }).effects).toEqual([{ type: "read-rows", ids }]);
    expect(pageOf(press(open, "escape")).kind).toBe("sessions");
  });

  test("an answer about another session is left alone", () => {
    const open = press(showing(), "enter");
    const other = after(open, { type: "rows-read", ids: [idOf("bbbb2222")], rows: [] });
    expect(pageOf(other)).toEqual(pageOf(open));
  });

  test("a session that is gone stays as it was, and cannot be revoked", () => {
    const gone = after(press(showing(), "enter"), { type: "rows-read", ids: [idOf("aaaa1111")], rows: [] });
    expect(pageOf(gone)).toMatchObject({ kind: "details", gone: true, row: { id: idOf("aaaa1111") } });
    const refused = press(gone, "x");
    expect([refused.overlay, refused.notice?.tone]).toEqual([undefined, "warning"]);
  });
});

describe("changing", () => {
  test("x asks about the selected session with the focus on Cancel, so Enter does nothing", () => {
    const asking = press(showing(), "x");
    expect(asking.overlay).toMatchObject({ kind: "dialog", focus: "cancel", targets: [{ id: idOf("aaaa1111") }] });
    expect(effectsOf(asking, "enter")).toEqual([]);
    expect(press(asking, "enter").overlay).toBeUndefined();
    expect(press(asking, "escape").overlay).toBeUndefined();
  });

  test("one is revoked by Tab and Enter", () => {
    const [effect] = effectsOf(showing(), "x", "tab", "enter");
    expect(effect).toMatchObject({ type: "revoke", targets: [{ id: idOf("aaaa1111") }] });
  });

  test("more than one wants the count typed", () => {
    const asking = press(showing(), "space", "space", "x");
    expect(effectsOf(asking, "tab", "enter")).toEqual([]);
    expect(effectsOf(asking, "3", "tab", "tab", "enter")).toEqual([]);
    const [effect] = effectsOf(asking, "2", "tab", "tab", "enter");
    expect(effect).toMatchObject({ type: "revoke", targets: [{ id: idOf("aaaa1111") }, { id: idOf("bbbb2222") }] });
  });

  test("what was asked about is what is changed, also when the rows have moved or gone since", () => {
    const asking = press(showing(), "down", "x");
    const moved = after(asking, { type: "looked", look: look([row("eeee5555")], { at: noon + 2000 }) });
    const [effect] = effectsOf(moved, "tab", "enter");
    expect(effect).toMatchObject({ targets: [{ id: idOf("bbbb2222") }] });
  });

  test("marks hold sessions that left the list; U takes them all off", () => {
    const marked = after(press(showing(), "space"), { type: "looked", look: look([]) });
    expect([...listOf(marked).marks.keys()]).toEqual([idOf("aaaa1111")]);
    expect(press(marked, "x").overlay).toMatchObject({ targets: [{ id: idOf("aaaa1111") }] });
    expect(listOf(press(marked, "U")).marks.size).toBe(0);
  });

  test("Space on a marked session takes the mark off", () => {
    expect(listOf(press(showing(), "space", "up", "space")).marks.size).toBe(0);
  });

  test("what was revoked is marked, leaves the list a moment later, and a look that began before does not bring it back", () => {
    const marked = after(press(showing(), "x", "tab", "enter"), changed(revoked("aaaa1111")));
    expect(shownIds(marked)).toEqual(["aaaa", "bbbb", "cccc", "dddd"]);
    expect(marked.vanished.get(idOf("aaaa1111"))?.why).toBe("ended from here");
    expect(press(marked, "home", "x").notice?.text).toBe("That session has ended already");
    const done = after(marked, { type: "tick", at: noon + 4000 });
    expect(shownIds(done)).toEqual(["bbbb", "cccc", "dddd"]);
    expect(done.notice).toEqual({ tone: "good", text: "Revoked session aaaa1111 of alice" });
    const stale = after(done, { type: "looked", look: look(someRows, { at: noon - 10 }) });
    expect(shownIds(stale)).not.toContain("aaaa");
    const newer = after(done, { type: "looked", look: look(someRows, { at: noon + 10 }) });
    expect(newer.ended.size).toBe(0);
  });

  test("a result with failures stays, says which, and leaves them marked", () => {
    const running = press(showing(), "space", "space", "space", "x", "3", "tab", "tab", "enter");
    expect(running.running?.targets).toHaveLength(3);
    const denied = new SessctlError("denied", "no permission");
    const done = after(
      running,
      changed(revoked("aaaa1111"), { id: idOf("bbbb2222"), outcome: "failed", error: denied }),
    );
    expect(done.notice?.tone).toBe("danger");
    expect(done.notice?.text).toContain("Revoked 1 of 3 sessions of alice (2), bob; 2 failed: no permission");
    expect([...listOf(done).marks.keys()]).toEqual([idOf("bbbb2222"), idOf("cccc3333")]);
    expect(done.overlay).toMatchObject({ kind: "result" });
    const later = after(done, { type: "looked", look: look(someRows, { at: noon + 9000 }) });
    expect([later.overlay?.kind, later.notice?.tone]).toEqual(["result", "danger"]);
    expect(press(later, "escape", "escape").notice).toBeUndefined();
  });

  test("a change that failed as a whole says why", () => {
    const running = press(showing(), "x", "tab", "enter");
    const failed = after(running, { type: "changed", at: noon, changes: [], problem });
    expect(failed.notice).toMatchObject({ tone: "danger" });
    expect(failed.notice?.text).toContain("connection refused");
    expect(failed.running).toBeUndefined();
  });

  test("there is one change at a time", () => {
    const running = press(showing(), "x", "tab", "enter");
    const second = press(running, "x");
    expect([second.overlay, second.notice?.tone]).toEqual([undefined, "warning"]);
  });

  test("e asks in how long, and nothing that is no duration goes", () => {
    const asking = press(showing(), "e");
    expect(effectsOf(asking, "tab", "enter")).toMatchObject([{ type: "expire", inMs: 600_000 }]);
    const erased = press(asking, "shift-tab", "backspace", "backspace", "backspace");
    expect(effectsOf(erased, ...typing("soon"), "tab", "tab", "enter")).toEqual([]);
    expect(effectsOf(erased, ...typing("1h30m"), "tab", "tab", "enter")).toMatchObject([{ inMs: 5_400_000 }]);
  });

  test("read-only, nothing asks, nothing marks, and it says so", () => {
    const state = showing(someRows, { access: { kind: "read-only" } });
    for (const key of ["x", "e"]) {
      const refused = press(state, key);
      expect([refused.overlay, refused.notice?.text]).toEqual([
        undefined,
        "Read-only: nothing can be changed from this screen",
      ]);
    }
    expect(listOf(press(state, "space")).marks.size).toBe(0);
  });

  test("a layout that cannot expire says so", () => {
    const refused = press(showing(someRows, { expire: "none" }), "e");
    expect(refused.notice?.text).toBe("The native layout cannot bring an end forward; x revokes");
  });
});

describe("pasting", () => {
  const pasted = (text: string) => ({ type: "pasted", text }) as const;

  test("goes into the filter, without its controls", () => {
    expect(listOf(after(press(showing(), "/"), pasted("203.0.113.7\r\u001b[2J"))).filter.text).toBe("203.0.113.7[2J");
  });

  test("goes nowhere else: it presses no keys", () => {
    expect(after(showing(), pasted("x\t\r"))).toEqual(showing());
    const asking = press(showing(), "x");
    expect(after(asking, pasted("\t\r"))).toEqual(asking);
  });
});

describe("ending", () => {
  test("q quits with 0, Ctrl-C with 130, also over a dialog", () => {
    expect(effectsOf(showing(), "q")).toEqual([{ type: "quit", code: 0 }]);
    expect(effectsOf(press(showing(), "x"), "ctrl-c")).toEqual([{ type: "quit", code: 130 }]);
  });

  test("too small, keys that would do unseen things do nothing", () => {
    const small = after(showing(), { type: "resized", size: { columns: 40, rows: 10 } });
    expect(press(small, "x")).toEqual(small);
    expect(effectsOf(small, "q")).toEqual([{ type: "quit", code: 0 }]);
  });
});
