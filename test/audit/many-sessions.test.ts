import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { familiarity } from "../../src/audit/arrivals-of.js";
import { busiestRun } from "../../src/audit/busiest-run.js";
import { type Active, firstPair, strangeness } from "../../src/audit/distant-pairs.js";
import { profilesOf } from "../../src/audit/freeman.js";
import { habitsOf } from "../../src/audit/habits.js";
import { burstOf } from "../../src/audit/rules/concurrent-excess.js";
import { busiest } from "../../src/audit/rules/network-churn.js";
import type { UserSession, UserSessions, Visit } from "../../src/audit/user-sessions.js";
import { idOf } from "./population.js";

// What is worked out in one pass is compared with its definition, which compares everything with everything.

const hour = 3_600_000;
const few = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const country = fc.option(fc.constantFrom("NO", "SE", "BR", "JP"), { nil: undefined });
const time = fc.integer({ min: 0, max: 12 }).map((n) => n * (hour / 2));
const visit: fc.Arbitrary<Visit> = fc.record({
  at: fc.oneof({ weight: 9, arbitrary: time }, fc.constantFrom(Number.NaN, Infinity, -Infinity)),
  asn: few,
  country,
  network: few,
  client: few,
});
const sessions: fc.Arbitrary<readonly UserSession[]> = fc
  .array(
    fc.record({
      createdAt: fc.option(time, { nil: undefined }),
      lastSeenAt: fc.option(time, { nil: undefined }),
      bytes: fc.constant(400),
      hasData: fc.boolean(),
      visits: fc.array(visit, { maxLength: 4 }),
      agent: fc.integer({ min: 0, max: 3 }),
      ip: fc.option(fc.constantFrom("203.0.113.7", "192.0.2.55"), { nil: undefined }),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map((one, n) => ({ ...one, id: idOf(n), client: one.visits[0]?.client, ipHash: one.ip?.length ?? 0 })),
  );
const runs = { numRuns: 2000 };

function check<Value>(arbitrary: fc.Arbitrary<Value>, property: (value: Value) => void): void {
  fc.assert(fc.property(arbitrary, property), runs);
}

describe("worked out in one pass", () => {
  it("a network is familiar where another session was an hour before", () => {
    check(sessions, (all) => {
      const isFamiliar = familiarity(all);
      for (const session of all) {
        const [first] = session.visits;
        const expected = all.some(
          (other) =>
            other !== session &&
            first !== undefined &&
            other.visits.some(
              ({ at, network, asn }) =>
                at < (session.createdAt ?? 0) - hour &&
                ((network !== undefined && network === first.network) || (asn !== undefined && asn === first.asn)),
            ),
        );
        expect(isFamiliar(session)).toBe(expected);
      }
    });
  });

  it("a place was first visited when any other session was there", () => {
    check(fc.tuple(sessions, few, country, time), ([all, asn, to, before]) => {
      const user: UserSessions = { user: "alice", count: all.length, visits: 0, sessions: () => all };
      const habits = habitsOf(user);
      expect(habits.clients).toBe(new Set(all.map(({ client }) => client)).size);
      const been = (id: string, isThere: (one: Visit) => boolean) =>
        all.some((other) => other.id !== id && other.visits.some((one) => one.at < before && isThere(one)));
      for (const { id } of all) {
        if (asn !== undefined) {
          expect(habits.firstVisit({ asn }, id) < before).toBe(been(id, (one) => one.asn === asn));
        }
        if (to === undefined) continue;
        expect(habits.firstVisit({ country: to }, id) < before).toBe(been(id, (one) => one.country === to));
        expect(habits.firstVisit({ country: to, asn }, id) < before).toBe(
          been(id, (one) => one.country === to && one.asn === asn),
        );
      }
    });
  });

  it("a session is strange whose country and client no other has", () => {
    check(sessions, (all) => {
      const isStrange = strangeness(all);
      for (const active of activeOf(all)) expect(isStrange(active)).toBe(isStrangeByDefinition(active, all));
    });
  });

  it("the first distant pair is the one that comparing all gives", () => {
    check(fc.tuple(sessions, fc.constantFrom(0, hour / 2, hour, 24 * hour)), ([all, windowMs]) => {
      const active = activeOf(all).toSorted((a, b) => a.at - b.at);
      const wanted = ({ session: { agent } }: Active) => agent === 1;
      expect(firstPair(active, windowMs)).toEqual(firstPairByDefinition(active, windowMs, () => true));
      expect(firstPair(active, windowMs, wanted)).toEqual(firstPairByDefinition(active, windowMs, wanted));
    });
  });

  it("the busiest run of networks is the one of all windows", () => {
    check(fc.tuple(fc.array(visit, { maxLength: 20 }), time), ([visits, windowMs]) => {
      const placed = visits
        .filter(({ asn, at }) => asn !== undefined && Number.isFinite(at))
        .toSorted((a, b) => a.at - b.at);
      const windows = placed.map((first, n) => placed.slice(n).filter(({ at }) => at - first.at <= windowMs));
      const sizes = windows.map((within) => new Set(within.map(({ asn }) => asn)).size);
      const best = windows[sizes.indexOf(sizes.reduce((a, b) => Math.max(a, b), 0))];
      const expected = best && {
        asns: [...new Set(best.map(({ asn }) => asn))],
        countries: [...new Set(best.flatMap((one) => one.country ?? []))],
        from: best[0]?.at,
        to: best.at(-1)?.at,
      };
      expect(busiest(visits, windowMs)).toEqual(expected);
    });
  });

  it("the busiest run of arrivals is the one of all that can grow no further", () => {
    const arrivals = fc.array(fc.record({ createdAt: fc.nat(20), user: fc.nat(4) }), { maxLength: 20 });
    check(fc.tuple(arrivals, fc.nat(8)), ([unsorted, windowMs]) => {
      const all = unsorted.toSorted((a, b) => a.createdAt - b.createdAt);
      const grown = all.flatMap((last, n) => {
        const run = all.slice(0, n + 1).filter(({ createdAt }) => last.createdAt - createdAt <= windowMs);
        const next = all[n + 1]?.createdAt ?? Infinity;
        return next - (run[0]?.createdAt ?? 0) > windowMs ? [run] : [];
      });
      const best = (size: (run: typeof all) => number) =>
        grown.reduce((a, b) => (size(b) > size(a) ? b : a), [] as typeof all);
      expect(busiestRun(all, windowMs)).toEqual(best(({ length }) => length));
      const users = (run: typeof all) => new Set(run.map(({ user }) => user)).size;
      expect(busiestRun(all, windowMs, ({ user }) => user)).toEqual(best(users));
    });
  });

  it("a burst is the longest run with enough sessions and clients", () => {
    const limits = { floor: 5, usualShare: 0.995, burstSessions: 2, burstClients: 2, burstMs: hour };
    check(sessions, (all) => {
      const sorted = all
        .filter(({ createdAt, client }) => createdAt !== undefined && client !== undefined)
        .toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
      const bursts = sorted
        .map((last, n) =>
          sorted.slice(0, n + 1).filter(({ createdAt }) => (last.createdAt ?? 0) - (createdAt ?? 0) <= hour),
        )
        .filter((run) => run.length >= 2 && new Set(run.map(({ client }) => client)).size >= 2);
      expect(burstOf(all, limits)).toEqual(bursts.reduce((a, b) => (b.length > a.length ? b : a), []));
    });
  });

  it("a profile has the shares of the user's other sessions", () => {
    check(sessions, (all) => {
      const telling = all.filter(({ ip, agent, visits }) => ip !== undefined && agent !== 0 && visits.length > 0);
      const profiles = profilesOf("alice", all);
      expect(profiles.map(({ id }) => id)).toEqual(telling.length < 2 ? [] : telling.map(({ id }) => id));
      for (const { id, own, ownCount } of profiles) {
        const one = all.find((other) => other.id === id);
        const others = telling.filter((other) => other.id !== id);
        const share = (of: (other: UserSession) => unknown) =>
          others.filter((other) => one !== undefined && of(other) === of(one)).length / others.length;
        expect(ownCount).toBe(others.length);
        expect(own).toEqual({
          ip: share(({ ipHash }) => ipHash),
          asn: share(({ visits }) => visits[0]?.asn ?? 0),
          country: share(({ visits }) => visits[0]?.country ?? ""),
          agent: share(({ agent }) => agent),
          client: share(({ client }) => client ?? 0),
        });
      }
    });
  });
});

function activeOf(all: readonly UserSession[]): readonly Active[] {
  return all.flatMap((session) => {
    const last = session.visits.at(-1);
    if (last?.asn === undefined || last.country === undefined || session.lastSeenAt === undefined) return [];
    return [{ session, at: session.lastSeenAt, visit: { ...last, asn: last.asn, country: last.country } }];
  });
}

function isStrangeByDefinition({ session, visit: place }: Active, all: readonly UserSession[]): boolean {
  const [first] = session.visits;
  if (first?.country !== place.country) return false;
  return !all.some(
    ({ id, visits }) =>
      id !== session.id &&
      visits.some(({ client, country: there }) => client === first.client || there === first.country),
  );
}

function firstPairByDefinition(active: readonly Active[], windowMs: number, isWanted: (there: Active) => boolean) {
  for (const [n, one] of active.entries()) {
    for (const other of active.slice(n + 1)) {
      if (other.at - one.at > windowMs) break;
      if (one.visit.country === other.visit.country || one.visit.asn === other.visit.asn) continue;
      const isLater = (one.session.createdAt ?? 0) <= (other.session.createdAt ?? 0);
      const [here, there] = isLater ? [one, other] : [other, one];
      if (isWanted(there)) return { here, there };
    }
  }
  return undefined;
}
