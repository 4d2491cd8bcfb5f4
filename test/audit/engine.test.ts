import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAudit, type Finding, isAtLeast, rules } from "../../src/audit/index.js";
import { createClientReader } from "../../src/clients/reader.js";
import { SessctlError } from "../../src/core/errors.js";
import {
  abroad,
  agents,
  auditOf,
  everything,
  home,
  hostileSession,
  idOf,
  now,
  office,
  seenWith,
  session,
} from "./population.js";

const { chromeWindows, firefoxLinux } = agents;
const moved = seenWith({ ip: home, userAgent: chromeWindows }, { ip: office, userAgent: chromeWindows });
const taken = seenWith({ ip: home, userAgent: chromeWindows }, { ip: abroad, userAgent: firefoxLinux });
const changed = seenWith({ ip: home, userAgent: chromeWindows }, { ip: home, userAgent: firefoxLinux });

/** What `run` throws, when it is an error for users. */
function refusal(run: () => unknown): { code: string; message: string; hint: string | undefined } {
  try {
    run();
  } catch (error) {
    if (error instanceof SessctlError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** What no session of these tests tells. */
const without = [
  { rule: "weak-id", why: "layout native keeps no ids as they are sent, so nothing can be said of them" },
  { rule: "cookie-flags", why: "no session tells its cookie" },
];
const all = rules.map(({ id }) => id).filter((id) => !without.some(({ rule }) => rule === id));

describe("a report", () => {
  it("says what was audited, with which rules", () => {
    expect(auditOf([session(), { ...session(), id: idOf(1), createdAt: now - 1 }])).toEqual({
      audit: {
        at: now,
        layout: "native",
        sessions: 2,
        since: null,
        rules: all,
        data: [{ kind: "country", name: "test", date: "2026-01-01" }],
        omitted: [],
        suppressed: [],
      },
      findings: [],
      notRun: without,
    });
  });

  it("has nothing to say of no sessions, and names no rule as not run", () => {
    expect(auditOf([])).toMatchObject({ audit: { sessions: 0 }, findings: [], notRun: without.slice(0, 1) });
  });

  it("begins with the most severe finding, then the most recent", () => {
    const earlier = seenWith({ ip: home, userAgent: chromeWindows }, { ip: abroad, userAgent: firefoxLinux, after: 5 });
    const report = auditOf([
      moved,
      { ...changed, id: idOf(3), user: "dora" },
      { ...earlier, id: idOf(2), user: "bob" },
      { ...taken, id: idOf(1), user: "carol" },
    ]);
    expect(report.findings.map(({ rule, sessions: [id] }) => [rule, id])).toEqual([
      ["hijack", idOf(1)],
      ["hijack", idOf(2)],
      ["client-change", idOf(3)],
      ["network-change", idOf(0)],
    ]);
  });

  it("has finding ids that are the same on every run, later ones too, and differ between rules and subjects", () => {
    const others = [
      { ...changed, id: idOf(2), user: "carol" },
      { ...taken, id: idOf(1), user: "bob" },
    ];
    const first = auditOf([taken, ...others.toReversed()]);
    const later = auditOf([session({ id: idOf(9), user: "dora" }), ...others, taken], {
      now: now + 1e6,
    });
    const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id).toSorted();
    expect(ids(later.findings)).toEqual(ids(first.findings));
    expect(new Set(ids(first.findings)).size).toBe(3);
    for (const id of ids(first.findings)) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  it("has another id for what another rule finds on the same session", () => {
    const [one, two] = auditOf([{ ...taken, idleEndsAt: Infinity, endsAt: Infinity }]).findings;
    expect([one?.rule, two?.rule].toSorted()).toEqual(["hijack", "immortal"]);
    expect(one?.id).not.toBe(two?.id);
  });

  it("does not depend on the order of the sessions", () => {
    const sessions = fc.uniqueArray(hostileSession, { maxLength: 15, selector: ({ id }) => id });
    const shuffled = sessions.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(auditOf(other)).toEqual(auditOf(list));
      }),
      { numRuns: 300 },
    );
  });
});

describe("one switch of clients", () => {
  it("is one finding: the graver rule explains it, the milder ones leave it alone", () => {
    expect(auditOf([taken]).findings.map(({ rule }) => rule)).toEqual(["hijack"]);
  });

  it("of both dimensions is no other rule's, also when the graver one is not asked for", () => {
    expect(auditOf([taken], { rules: ["client-change", "network-change"] }).findings).toEqual([]);
  });

  it("is left to the other rules where the graver one is not asked for", () => {
    const twoSteps = seenWith(
      { ip: home, userAgent: chromeWindows },
      { ip: office, userAgent: chromeWindows },
      { ip: office, userAgent: firefoxLinux, after: 3_700_000 },
    );
    const found = (ids: readonly string[]) => auditOf([twoSteps], { rules: ids }).findings.map(({ rule }) => rule);
    expect(found(["hijack", "client-change"])).toEqual(["hijack"]);
    expect(found(["client-change"])).toEqual(["client-change"]);
  });
});

describe("rules that cannot judge", () => {
  it("are named when the layout lacks what they need", () => {
    const blind = { ...everything, client: false };
    const report = auditOf([session()], { layout: "connect-redis", capabilities: blind });
    expect(report.notRun).toContainEqual({
      rule: "hijack",
      why: "layout connect-redis does not tell the user agent, the address",
    });
    expect(report.audit.rules).toEqual([
      "replayed-token",
      "concurrent-excess",
      "creation-burst",
      "fixation",
      "immortal",
      "over-lifetime",
      "idle-too-long",
      "oversized",
      "inconsistent",
    ]);
  });

  it("are named when no session tells what they need", () => {
    const report = auditOf([session({ user: undefined, sightings: [] })]);
    expect(report.notRun).toContainEqual({ rule: "concurrent-excess", why: "no session tells the user" });
    expect(report.notRun).toContainEqual({ rule: "bad-user-agent", why: "no session tells the user agent" });
    expect(report.audit.rules).toContain("immortal");
    expect(report.audit.rules).not.toContain("concurrent-excess");
  });

  it("run when one session tells it", () => {
    const report = auditOf([
      ...Array.from({ length: 50 }, (_, n) => session({ id: idOf(n + 1), user: undefined, sightings: [] })),
      taken,
    ]);
    expect(report.notRun).toEqual(without);
    expect(report.findings).toHaveLength(1);
  });
});

describe("an undecodable record", () => {
  const corrupt = session({
    id: idOf(7),
    corrupt: "not JSON",
    user: undefined,
    sightings: [],
    createdAt: undefined,
    authenticatedAt: undefined,
  });

  it("is reported, and stops nothing", () => {
    const report = auditOf([corrupt, taken]);
    expect(report.audit.sessions).toBe(2);
    expect(report.findings.map(({ rule, sessions: [id] }) => [rule, id])).toEqual([
      ["hijack", idOf(0)],
      ["inconsistent", idOf(7)],
    ]);
  });
});

describe("what is kept", () => {
  const many = (count: number, like = moved, first = 0) =>
    Array.from({ length: count }, (_, n) =>
      Object.assign({}, like, { id: idOf(first + n), user: `user ${first + n}` }),
    );

  it("is bounded for each rule, and the rest is counted", () => {
    const report = auditOf([...many(20), ...many(3, taken, 100)], { maxFindingsPerRule: 5 });
    expect(report.findings.filter(({ rule }) => rule === "network-change")).toHaveLength(5);
    expect(report.findings.filter(({ rule }) => rule === "hijack")).toHaveLength(3);
    expect(report.audit.omitted).toEqual([{ rule: "network-change", findings: 15 }]);
  });

  it("is the most severe of each rule, whenever it comes", () => {
    const mode = seenWith({ ip: home, userAgent: agents.chromeAndroid }, { ip: home, userAgent: agents.chromeLinux });
    const report = auditOf([...many(10, mode), ...many(3, changed, 100), ...many(10, mode, 200)], {
      maxFindingsPerRule: 5,
      rules: ["client-change"],
    });
    expect(report.findings.map(({ severity }) => severity)).toEqual(["medium", "medium", "medium", "low", "low"]);
    expect(report.audit.omitted).toEqual([{ rule: "client-change", findings: 18 }]);
  });
});

describe("options", () => {
  it("choose rules, in any order", () => {
    const report = auditOf([taken, { ...moved, id: idOf(1) }], { rules: ["immortal", "network-change"] });
    expect(report.audit.rules).toEqual(["network-change", "immortal"]);
    expect(report.findings.map(({ rule }) => rule)).toEqual(["network-change"]);
  });

  it.each(["hijacks", "", "__proto__", "constructor"])("refuse the rule %j, with those that exist", (id) => {
    const error = refusal(() => auditOf([], { rules: [id] }));
    expect(error).toMatchObject({ code: "invalid-argument", message: `there is no audit rule ${JSON.stringify(id)}` });
    for (const rule of rules) expect(error.hint).toContain(rule.id);
  });

  it("refuse a threshold of a rule that does not exist", () => {
    expect(refusal(() => auditOf([], { thresholds: { nothing: { floor: 1 } } }))).toMatchObject({
      code: "invalid-argument",
    });
  });

  it("refuse a threshold that does not exist, with those that do", () => {
    expect(refusal(() => auditOf([], { thresholds: { hijack: { settle: 1 } } }))).toEqual({
      code: "invalid-argument",
      message: 'rule hijack has no threshold "settle"',
      hint: "Thresholds of hijack: settleMs.",
    });
  });

  it.each([
    ["hijack", "settleMs", -1],
    ["hijack", "settleMs", Number.NaN],
    ["hijack", "settleMs", Infinity],
    ["hijack", "settleMs", "10m"],
    ["concurrent-excess", "usualShare", 1.5],
  ])("refuse %s.%s = %s", (rule, name, value) => {
    const thresholds = { [rule]: { [name]: value as number } };
    expect(refusal(() => auditOf([], { thresholds }))).toMatchObject({
      code: "invalid-argument",
      message: `threshold ${rule}.${name} cannot be ${value}`,
    });
  });

  it("check thresholds of rules that are not chosen too", () => {
    const thresholds = { hijack: { settle: 1 } };
    expect(refusal(() => auditOf([], { rules: ["immortal"], thresholds }))).toMatchObject({ code: "invalid-argument" });
  });
});

it("the audit has no clock: the same sessions at the same time are the same report", () => {
  const sessions = [taken, { ...moved, id: idOf(1) }];
  expect(auditOf(sessions)).toEqual(auditOf(sessions));
});

it("severities are ordered", () => {
  expect(isAtLeast("high", "medium")).toBe(true);
  expect(isAtLeast("medium", "medium")).toBe(true);
  expect(isAtLeast("low", "medium")).toBe(false);
  expect(isAtLeast("critical", "high")).toBe(true);
});

it("a reader shared between audits gives the same findings", () => {
  const reader = createClientReader();
  const once = () => {
    const audit = createAudit({ now, reader, layout: "native", capabilities: everything });
    audit.see(taken);
    return audit.report();
  };
  expect(once()).toEqual(once());
});
