import { describe, expect, it, vi } from "vitest";
import { Arrivals } from "../../src/audit/arrivals.js";
import { arrivalsOf } from "../../src/audit/arrivals-of.js";
import { Facts } from "../../src/audit/facts.js";
import type { Draft } from "../../src/audit/finding.js";
import type { Rule } from "../../src/audit/rule.js";
import { rules } from "../../src/audit/rules/index.js";
import { SeenSession } from "../../src/audit/seen-session.js";
import { thresholdsOf } from "../../src/audit/settings.js";
import { SessionsByUser, type UserSessions } from "../../src/audit/user-sessions.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { DirectorySession } from "../../src/core/ports.js";
import { agents, everything, geo, idOf, minute, now, session } from "./population.js";

/** One user's sessions, from many networks and clients, some moved to another; `spreadMs` is how far apart they began. */
function sessionsOf(count: number, spreadMs: number, networks: number): readonly DirectorySession[] {
  const clients = Object.values(agents);
  return Array.from({ length: count }, (_, n) => {
    const createdAt = now - spreadMs + Math.floor((n / count) * spreadMs);
    const userAgent = clients[n % clients.length];
    const [first, second] = [n % networks, (n * 7 + 3) % networks];
    const sightings = [{ at: createdAt, ip: `10.${first}.${n % 250}.1`, userAgent }];
    if (n % 3 === 0) sightings.push({ at: createdAt + minute, ip: `10.${second}.${n % 250}.1`, userAgent });
    return session({
      id: idOf(n),
      user: "service",
      createdAt,
      lastSeenAt: createdAt + 2 * minute,
      sightings,
      bytes: n,
    });
  });
}

/** A view of sessions on which every read of a property or item counts, and every item of a copied slice. */
function counting<Value extends object>(value: Value): { readonly view: Value; readonly reads: () => number } {
  let reads = 0;
  const views = new WeakMap<object, object>();
  const viewOf = <Item extends object>(item: Item): Item => {
    let view = views.get(item);
    if (view === undefined) {
      view = new Proxy(item, {
        get(target, name) {
          reads++;
          const got: unknown = Reflect.get(target, name);
          return typeof got === "object" && got !== null ? viewOf(got) : got;
        },
      });
      views.set(item, view);
    }
    return view as Item;
  };
  return { view: viewOf(value), reads: () => reads };
}

/** How many items `Array.prototype.slice` copies while something runs. */
function copiedBy(work: () => void): number {
  const own = Array.prototype.slice;
  let copied = 0;
  const spy = vi.spyOn(Array.prototype, "slice").mockImplementation(function (this: unknown[], from, to) {
    const copy: unknown[] = Reflect.apply(own, this, [from, to]);
    copied += copy.length;
    return copy;
  });
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return copied;
}

/** What a rule reads and copies of a user's sessions, findings' second thoughts included. */
function costOf(rule: Rule, sessions: readonly DirectorySession[]): number {
  const facts = new Facts(createClientReader(), geo);
  const arrivals = new Arrivals();
  const drafts: Draft[] = [];
  const run = rule.start({
    now,
    facts,
    capabilities: everything,
    learning: 3,
    thresholds: thresholdsOf(rule, {}),
    arrivals(least) {
      arrivals.expect(least);
      return arrivals;
    },
    isReported: () => true,
    report: (draft) => drafts.push(draft),
  });
  const table = new SessionsByUser();
  for (const one of sessions) {
    const seen = new SeenSession(one, facts, []);
    if (seen.isSwitched) run.seeSwitched?.(seen);
    run.see?.(seen);
    table.add(one, seen.known);
  }
  let cost = 0;
  table.drain((user) => {
    const { view, reads } = counting(user.sessions());
    const viewed: UserSessions = { ...user, sessions: () => view };
    const copied = copiedBy(() => {
      for (const { softened } of drafts) softened?.(viewed);
      arrivalsOf(arrivals, facts).seeUser?.(viewed);
      run.seeUser?.(viewed);
      run.end?.(undefined);
    });
    cost = reads() + copied;
  });
  return cost;
}

describe("the cost of a user's sessions", () => {
  const populations = [
    { name: "begun in a minute", spreadMs: minute, networks: 200 },
    { name: "begun over a day", spreadMs: 24 * 60 * minute, networks: 200 },
    { name: "from one address", spreadMs: 60 * minute, networks: 1 },
  ];
  const cases = populations.flatMap((population) => rules.map((rule) => ({ ...population, rule: rule.id, of: rule })));

  it.each(cases)("grows with their number, $name: $rule", ({ of, spreadMs, networks }) => {
    const [some, many] = [400, 1600].map((count) => costOf(of, sessionsOf(count, spreadMs, networks)));
    expect(some).toBeGreaterThan(0);
    // Four times as many; sorting adds a little, and comparing pairs would make it 16.
    expect((many ?? Infinity) / (some ?? 1)).toBeLessThan(6);
  });
});
