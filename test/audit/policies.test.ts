import { describe, expect, test } from "vitest";
import { type Finding, judge, policies, requirements, rulesOf, type Observed } from "../../src/audit/index.js";
import type { AuditReport } from "../../src/audit/index.js";
import type { Json } from "../../src/core/session.js";
import { serverReport } from "../helpers/server-report.js";
import { everything, now } from "./population.js";

const policy = { name: "all", requirements: requirements.map(({ id }) => id), idleMs: 1000, absoluteMs: 1000 };

interface Given {
  readonly layout?: string;
  readonly sessions?: number;
  readonly found?: string;
  readonly evidence?: Readonly<Record<string, Json>>;
  readonly notRun?: string;
  readonly servers?: Observed["servers"];
}

function stateOf(id: string, given: Given) {
  const { layout = "native", sessions = 3, found, evidence = {}, notRun, servers = [serverReport()] } = given;
  const finding = { id: "f", rule: found ?? "", title: "found", sessions: ["s1"], evidence } as unknown as Finding;
  const report: AuditReport = {
    audit: { at: now, layout, sessions, since: null, rules: [], data: [], omitted: [], suppressed: [] },
    findings: found === undefined ? [] : [finding],
    notRun: notRun === undefined ? [] : [{ rule: notRun, why: "the layout does not tell" }],
  };
  const { requirements: judged } = judge(report, { policy, capabilities: everything, servers });
  return judged.find(({ requirement }) => requirement === id);
}

const express = { layout: "connect-redis" };
const slowlog = (value: string) => [serverReport({ config: { "slowlog-log-slower-than": value } })];
const denied = [serverReport({ config: "denied" })];
const byRule = (rule: string, evidence: Given["evidence"] = {}) => ({
  met: express,
  violated: { ...express, found: rule, evidence },
  open: { ...express, notRun: rule },
});

/** What meets, violates and leaves open; a requirement that has no such case says so by leaving it out. */
const cases: Readonly<Record<string, { readonly met?: Given; readonly violated?: Given; readonly open?: Given }>> = {
  "ASVS 7.2.3": byRule("weak-id"),
  "ASVS 7.2.4": byRule("fixation"),
  "ASVS 7.3.1": byRule("idle-too-long"),
  "ASVS 7.3.2": byRule("over-lifetime"),
  "NIST overall": byRule("immortal"),
  "NIST inactivity": byRule("idle-too-long"),
  "ASVS 7.1.2": byRule("concurrent-excess"),
  "ASVS 3.3.1": byRule("cookie-flags", { lacks: ["secure"] }),
  "ASVS 3.3.2": byRule("cookie-flags", { lacks: ["sameSite"] }),
  "ASVS 3.3.4": byRule("cookie-flags", { lacks: ["httpOnly"] }),
  "ASVS 7.4.1": {
    met: { servers: [serverReport({ config: { "maxmemory-policy": "noeviction" } })] },
    violated: { servers: [serverReport({ config: { "maxmemory-policy": "volatile-lru" } })] },
    open: { servers: denied },
  },
  // Accounts are nowhere in Redis.
  "ASVS 7.4.2": { open: {} },
  // What can be ended can be ended: only a layout without users leaves it open.
  "ASVS 7.4.5": { met: express, open: { ...express, notRun: "concurrent-excess" } },
  "ASVS 16.2.5": {
    met: { ...express, servers: slowlog("-1") },
    violated: { ...express, servers: slowlog("10000") },
    open: { ...express, servers: denied },
  },
};

test("every requirement has its cases, and every policy names requirements that exist", () => {
  const ids = requirements.map(({ id }) => id);
  expect(Object.keys(cases).toSorted()).toEqual(ids.toSorted());
  for (const each of policies) expect(ids).toEqual(expect.arrayContaining([...each.requirements]));
});

describe.each(Object.entries(cases))("%s", (id, { met, violated, open }) => {
  test.each([
    ["met", met],
    ["violated", violated],
    ["not observable", open],
  ] as const)("%s", (state, given) => {
    if (given === undefined) return;
    const judged = stateOf(id, given);
    expect(judged).toMatchObject({ state });
    expect(judged?.why).not.toBe("");
  });
});

test("a cookie's other lacks are no violation, and without sessions nothing is", () => {
  expect(stateOf("ASVS 3.3.4", { ...express, found: "cookie-flags", evidence: { lacks: ["secure"] } })?.state).toBe(
    "met",
  );
  expect(stateOf("ASVS 7.2.4", { sessions: 0 })?.state).toBe("not observable");
});

test("the native layout makes and keeps its tokens itself", () => {
  expect(stateOf("ASVS 7.2.3", { notRun: "weak-id" })?.state).toBe("met");
  expect(stateOf("ASVS 16.2.5", { servers: slowlog("0") })?.state).toBe("met");
});

test("a policy's limits are those of its rules", () => {
  const aal2 = policies.find(({ name }) => name === "nist-aal2");
  expect(aal2 && rulesOf(aal2)).toEqual({
    rules: ["immortal", "over-lifetime", "idle-too-long"],
    thresholds: { "idle-too-long": { idleMs: 3_600_000 }, "over-lifetime": { absoluteMs: 86_400_000 } },
  });
});
