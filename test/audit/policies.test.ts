import { describe, expect, test } from "vitest";
import { type Observed, policies, type Policy, PolicyAudit, requirements } from "../../src/audit/index.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { SessionEvent } from "../../src/core/event.js";
import type { DirectorySession } from "../../src/core/ports.js";
import { walkedCapabilities } from "../../src/layouts/walked-capabilities.js";
import { serverReport } from "../helpers/server-report.js";
import { event, everything, hour, idOf, idStatistics, minute, now, session } from "./population.js";

const limits = { idleMs: hour, absoluteMs: 24 * hour };
const all = requirements.map(({ id }) => id);

interface Given {
  readonly sessions?: readonly DirectorySession[];
  readonly policy?: Partial<Policy>;
  readonly layout?: string;
  readonly events?: readonly SessionEvent[];
  readonly ids?: readonly string[];
  readonly servers?: Observed["servers"];
}

function report({ sessions = [], policy, layout, events = [], ids, servers = [serverReport()] }: Given) {
  const of = layout ?? sessions[0]?.layout ?? "native";
  const audit = new PolicyAudit(
    { name: "test", requirements: all, ...limits, ...policy },
    {
      now,
      reader: createClientReader(),
      layout: of,
      capabilities: of === "native" ? everything : walkedCapabilities,
      idStatistics: ids && idStatistics(ids),
    },
  );
  for (const one of events) audit.hear(one);
  for (const one of sessions) audit.see(one);
  return audit.judge(servers);
}

function verdictOn(id: string, given: Given) {
  const verdict = report(given).requirements.find(({ requirement }) => requirement === id);
  if (verdict === undefined) throw new Error(`no verdict on ${id}`);
  return verdict;
}

/** A session of express-session: what it keeps, and a TTL. */
const express = (given: Partial<DirectorySession> = {}) =>
  session({
    layout: "connect-redis",
    createdAt: undefined,
    authenticatedAt: undefined,
    rotatedAt: undefined,
    endsAt: undefined,
    lastSeenAt: undefined,
    idleEndsAt: now + 30 * minute,
    ...given,
  });
const cookie = (given: object) => express({ cookie: { secure: true, httpOnly: true, sameSite: "lax", ...given } });
const longIdle = session({ lastSeenAt: now - 1000, idleEndsAt: now - 1000 + 8 * hour });
const longLived = session({ createdAt: now - hour, authenticatedAt: now - hour, endsAt: now + 47 * hour });
const unreadable = express({ corrupt: "it is encrypted", user: undefined, idleEndsAt: Infinity });
const slowlog = (value: string) => [serverReport({ config: { "slowlog-log-slower-than": value } })];
const eviction = (value: string) => [serverReport({ config: { "maxmemory-policy": value } })];
const denied = [serverReport({ config: "denied" })];
const random = Array.from({ length: 250 }, (_, n) => `${idOf(n)}${idOf(n + 1000)}`);
const crowd = Array.from({ length: 9 }, (_, n) => session({ id: idOf(n), user: "alice", createdAt: now - n * minute }));
const lonely = Array.from({ length: 20 }, (_, n) => session({ id: idOf(100 + n), user: `user${n}` }));
const clean = { sessions: [session()] };
const leavers = { disabledUsers: new Set(["mallory"]) };

/** What meets, violates and leaves open each requirement. */
const cases: Readonly<Record<string, Readonly<Record<"met" | "violated" | "not observable", Given>>>> = {
  "ASVS 7.2.3": {
    met: { sessions: [express()], ids: random },
    violated: { sessions: [express()], ids: random.map((id) => id.slice(0, 8)) },
    "not observable": { sessions: [express()] },
  },
  "ASVS 7.2.4": {
    met: clean,
    violated: { sessions: [session(), session({ authenticatedAt: now, rotatedAt: now - minute })] },
    "not observable": { sessions: [express()] },
  },
  "ASVS 7.3.1": {
    met: clean,
    violated: { sessions: [session(), longIdle] },
    "not observable": { sessions: [express()] },
  },
  "NIST inactivity": {
    met: clean,
    violated: { sessions: [express({ idleEndsAt: Infinity })] },
    "not observable": { sessions: [unreadable] },
  },
  "ASVS 7.3.2": {
    met: clean,
    violated: { sessions: [longLived] },
    "not observable": { sessions: [express({ createdAt: now - hour })] },
  },
  "NIST overall": {
    met: clean,
    violated: { sessions: [express({ createdAt: now - 25 * hour })] },
    "not observable": { sessions: [express()] },
  },
  "ASVS 7.4.1": {
    met: { servers: eviction("noeviction") },
    violated: { servers: eviction("volatile-lru") },
    "not observable": { servers: denied },
  },
  "ASVS 7.4.2": {
    met: { sessions: [session()], policy: leavers },
    violated: { sessions: [session(), session({ user: "mallory" })], policy: leavers },
    "not observable": clean,
  },
  "ASVS 7.4.5": {
    met: clean,
    violated: { sessions: [express(), unreadable] },
    "not observable": { sessions: [express({ user: undefined })] },
  },
  "ASVS 7.1.2": {
    met: { sessions: crowd, policy: { maxPerUser: 9 } },
    violated: { sessions: crowd, policy: { maxPerUser: 3 } },
    "not observable": { sessions: [express({ user: undefined })] },
  },
  "ASVS 3.3.1": {
    met: { sessions: [cookie({ httpOnly: false })] },
    violated: { sessions: [cookie({ secure: false })] },
    "not observable": clean,
  },
  "ASVS 3.3.2": {
    met: { sessions: [cookie({ secure: false })] },
    violated: { sessions: [cookie({ sameSite: "none" })] },
    "not observable": clean,
  },
  "ASVS 3.3.4": {
    met: { sessions: [cookie({ sameSite: false })] },
    violated: { sessions: [cookie({ httpOnly: false })] },
    "not observable": clean,
  },
  "ASVS 16.2.5": {
    met: { sessions: [express()], servers: slowlog("-1") },
    violated: { sessions: [express()], servers: slowlog("10000") },
    "not observable": { sessions: [express()], servers: denied },
  },
};

test("every requirement has its cases", () => {
  expect(Object.keys(cases).toSorted()).toEqual(all.toSorted());
});

describe.each(Object.entries(cases))("%s", (id, given) => {
  test.each(["met", "violated", "not observable"] as const)("%s", (state) => {
    const verdict = verdictOn(id, given[state]);
    expect(verdict).toMatchObject({ state });
    expect(verdict.why).not.toMatch(/undefined|NaN|Infinity|\.$|^$/);
    expect(JSON.stringify(verdict.evidence)).not.toMatch(/undefined/);
  });
});

/** OWASP ASVS 5.0.0, `5.0/docs_en/OWASP_Application_Security_Verification_Standard_5.0.0_en.csv` of OWASP/ASVS. */
const asvsLevels = {
  "ASVS 3.3.1": 1,
  "ASVS 3.3.2": 2,
  "ASVS 3.3.4": 2,
  "ASVS 7.1.2": 2,
  "ASVS 7.2.3": 1,
  "ASVS 7.2.4": 1,
  "ASVS 7.3.1": 2,
  "ASVS 7.3.2": 2,
  "ASVS 7.4.1": 1,
  "ASVS 7.4.2": 1,
  "ASVS 7.4.5": 2,
  "ASVS 16.2.5": 2,
};

test("the levels of ASVS are those of its release, and each level has those below it", () => {
  const own = requirements.filter(({ id }) => id.startsWith("ASVS"));
  expect(Object.fromEntries(own.map(({ id, level }) => [id, level]))).toEqual(asvsLevels);
  const [one, two, three] = ["asvs-l1", "asvs-l2", "asvs-l3"].map(
    (name) => policies.find((policy) => policy.name === name)?.requirements,
  );
  expect(one).toHaveLength(5);
  expect(two).toEqual(expect.arrayContaining([...(one ?? [])]));
  expect(three).toEqual(two);
});

// Sections 2.1.3, 2.2.3 and 2.3.3.
test("the limits of NIST are those of SP 800-63B-4", () => {
  const limitsOf = (name: string) => policies.find((policy) => policy.name === name);
  expect(limitsOf("nist-aal1")).toMatchObject({ absoluteMs: 30 * 24 * hour });
  expect(limitsOf("nist-aal1")?.idleMs).toBeUndefined();
  expect(limitsOf("nist-aal2")).toMatchObject({ absoluteMs: 24 * hour, idleMs: hour });
  expect(limitsOf("nist-aal3")).toMatchObject({ absoluteMs: 12 * hour, idleMs: 15 * minute });
});

describe("inactivity is judged by what is allowed", () => {
  const why = (one: DirectorySession, policy: Partial<Policy> = {}) =>
    verdictOn("ASVS 7.3.1", { sessions: [one], policy }).why;

  test("a session used a second ago may go unused for its whole window", () => {
    expect(why(longIdle)).toBe("the session may go unused for up to 8h and still open; 1h is allowed");
  });
  const began = { createdAt: now - 10 * minute, authenticatedAt: now - 10 * minute };

  test("where no window is told, what is left of it is the least that it is", () => {
    expect(why(express({ idleEndsAt: now + 2 * hour }))).toContain("2h");
  });
  test("a deadline ends what goes unused too", () => {
    const one = session({ ...began, lastSeenAt: now, idleEndsAt: Infinity, endsAt: now + 40 * minute });
    expect(why(one)).toBe("sessions may go unused for up to 50m");
  });
  test("one that is idle beyond the limit already is against it, whatever its end", () => {
    expect(why(session({ lastSeenAt: now - 3 * hour, idleEndsAt: now - 2 * hour }))).toContain("up to 3h");
  });
  test("without an end, and without a limit", () => {
    expect(why(express({ idleEndsAt: Infinity }))).toBe(
      "the session may go unused for ever and still open; 1h is allowed",
    );
    expect(why(express({ idleEndsAt: Infinity }), { idleMs: undefined })).toContain("some end is asked for");
    expect(verdictOn("ASVS 7.3.1", { sessions: [express()], policy: { idleMs: undefined } }).state).toBe("met");
  });
  test("a TTL that is a few seconds over is not", () => {
    const one = session({ lastSeenAt: now, idleEndsAt: now + hour + 11_000 });
    expect(verdictOn("ASVS 7.3.1", { sessions: [one] }).state).toBe("met");
  });
});

test("without sessions only the configuration is judged", () => {
  const { requirements: judged } = report({});
  const notOpen = judged.filter(({ state }) => state !== "not observable").map(({ requirement }) => requirement);
  expect(notOpen).toEqual(["ASVS 7.2.3", "ASVS 16.2.5", "ASVS 7.4.1", "ASVS 7.4.5"]);
});

test("the native layout makes and keeps its tokens itself, and its index ends what cannot be decoded", () => {
  expect(verdictOn("ASVS 7.2.3", clean).state).toBe("met");
  expect(verdictOn("ASVS 16.2.5", { ...clean, servers: slowlog("0") }).state).toBe("met");
  expect(verdictOn("ASVS 7.4.5", { sessions: [session({ corrupt: "{", user: undefined })] }).state).toBe("met");
});

describe("7.1.2", () => {
  test("names the oldest sessions beyond the limit, and how many", () => {
    const { count, sessions, why } = verdictOn("ASVS 7.1.2", { sessions: crowd, policy: { maxPerUser: 7 } });
    expect({ count, sessions }).toEqual({ count: 2, sessions: [idOf(7), idOf(8)] });
    expect(why).toBe("a user has 9 sessions where 7 are allowed: 2 are too many");
  });
  test("without a limit it is what is unusual among users", () => {
    const verdict = verdictOn("ASVS 7.1.2", { sessions: [...lonely, ...crowd] });
    expect(verdict).toMatchObject({ state: "violated", count: 9 });
    expect(verdictOn("ASVS 7.1.2", { sessions: lonely }).why).toContain("maxPerUser");
  });
  test("tells what the store's own limit has ended", () => {
    const ended = event({ type: "revoked", at: now - hour, reason: "limit" });
    const { why } = verdictOn("ASVS 7.1.2", { sessions: lonely, events: [ended, ended], policy: { maxPerUser: 5 } });
    expect(why).toBe("no user has more than 1, and the store's limit has ended 2");
  });
});

test("sessions of several layouts are judged layout by layout", () => {
  const { requirements: judged } = report({
    layout: "native, connect-redis",
    sessions: [session(), cookie({ secure: false })],
  });
  const states = (id: string) =>
    Object.fromEntries(
      judged.filter(({ requirement }) => requirement === id).map(({ layout, state }) => [layout, state]),
    );
  expect(states("ASVS 7.2.3")).toEqual({ native: "met", "connect-redis": "not observable" });
  expect(states("ASVS 3.3.1")).toEqual({ native: "not observable", "connect-redis": "violated" });
  expect(states("ASVS 7.4.1")).toEqual({ native: "met", "connect-redis": "not observable" });
  expect(judged.find(({ why }) => why.includes("--layout connect-redis"))?.requirement).toBe("ASVS 7.2.3");
});

test("a layout without sessions is left out where another has some", () => {
  const { requirements: judged } = report({ layout: "native, connect-redis", sessions: [express()] });
  expect(new Set(judged.map(({ layout }) => layout))).toEqual(new Set(["connect-redis"]));
});

test("every session against anything is told, each once, and a verdict names some", () => {
  const many = Array.from({ length: 5000 }, (_, n) => session({ ...longIdle, id: idOf(n), user: `user${n % 10}` }));
  const { inViolation, requirements: judged } = report({ sessions: many, policy: { maxPerUser: 400 } });
  expect([...inViolation].toSorted()).toEqual(many.map(({ id }) => id).toSorted());
  const of = (id: string) => judged.find(({ requirement }) => requirement === id);
  expect(of("ASVS 7.3.1")).toMatchObject({ count: 5000 });
  expect(of("ASVS 7.3.1")?.sessions).toHaveLength(20);
  expect(of("ASVS 7.1.2")).toMatchObject({ count: 1000 });
  expect([...report(clean).inViolation]).toEqual([]);
});
