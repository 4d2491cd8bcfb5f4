import type { SessionEvent } from "../../../src/core/event.js";
import type { DirectorySession } from "../../../src/core/ports.js";
import { agents, event, home, hour, idOf, minute, now, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, safariPhone, firefoxLinux } = agents;

/** `count` sessions of a user, an hour apart, the same client; `first` numbers them. */
function sessionsOf(user: string, count: number, first = 0): DirectorySession[] {
  return Array.from({ length: count }, (_, n) =>
    session({ id: idOf(first + n), user, createdAt: now - (count - n) * hour }),
  );
}

/** Many users with `each` sessions. */
function crowd(users: number, each: number): DirectorySession[] {
  return Array.from({ length: users }, (_, n) => sessionsOf(`user ${n}`, each, 1000 + n * each)).flat();
}

/** Sessions of alice, created so many minutes after the first, with these user agents. */
function logins(...given: readonly (readonly [number, string | undefined])[]): DirectorySession[] {
  return given.map(([minutes, userAgent], n) => {
    const createdAt = now - 8 * hour + minutes * minute;
    return session({ id: idOf(n), createdAt, sightings: [{ at: createdAt, ip: home, userAgent }] });
  });
}

/** A session of alice that the store's limit ended so many minutes ago. */
function endedByLimit(id: string, minutesAgo: number): SessionEvent {
  return event({ type: "revoked", at: now - minutesAgo * minute, id, reason: "limit" });
}

export const concurrentExcessCases: RuleCases = {
  rule: "concurrent-excess",
  fires: [
    {
      when: "a user has more than five",
      sessions: sessionsOf("alice", 6),
      severity: "medium",
      finding: {
        user: "alice",
        ip: null,
        sessions: [0, 1, 2, 3, 4, 5].map(idOf).toSorted(),
        firstSeenAt: now - 6 * hour,
        lastSeenAt: now - minute,
        evidence: { live: 6, limit: 5, burst: null },
      },
    },
    {
      when: "a user has more than the population",
      sessions: [...crowd(300, 7), ...sessionsOf("alice", 8)],
      severity: "medium",
      finding: { user: "alice", evidence: { live: 8, limit: 7 } },
    },
    {
      when: "one of a small population has more than twice what is usual",
      sessions: [...crowd(20, 6), ...sessionsOf("alice", 13)],
      severity: "medium",
      finding: { user: "alice", evidence: { live: 13, limit: 12 } },
    },
    {
      when: "the store's limit ends one session after the other for new logins",
      sessions: sessionsOf("alice", 1),
      events: [30, 20, 10].map((minutes, n) => endedByLimit(idOf(50 + n), minutes)),
      severity: "medium",
      finding: {
        user: "alice",
        sessions: [idOf(0)],
        evidence: { live: 1, burst: null, endedByLimit: { sessions: 3, withinMs: 20 * minute } },
      },
    },
    {
      when: "three clients log in within 35 minutes",
      sessions: logins([0, chromeWindows], [20, safariPhone], [35, firefoxLinux]),
      severity: "medium",
      finding: { evidence: { live: 3, burst: { sessions: 3, clients: 3, withinMs: 35 * minute } } },
    },
    {
      when: "only some of the sessions are a burst, those are told",
      sessions: logins(
        [0, chromeWindows],
        [100, safariPhone],
        [110, firefoxLinux],
        [120, chromeWindows],
        [300, safariPhone],
      ),
      severity: "medium",
      finding: {
        sessions: [1, 2, 3].map(idOf).toSorted(),
        evidence: { live: 5, burst: { sessions: 3, withinMs: 20 * minute } },
      },
    },
    {
      when: "one of two users has more than five",
      sessions: [...sessionsOf("alice", 7), ...sessionsOf("bob", 1, 100)],
      severity: "medium",
      finding: { user: "alice", evidence: { live: 7, limit: 5 } },
    },
    {
      when: "the floor is set lower",
      sessions: sessionsOf("alice", 3),
      thresholds: { "concurrent-excess": { floor: 2 } },
      severity: "medium",
    },
    {
      when: "a user's name is one of JavaScript's own",
      sessions: sessionsOf("__proto__", 6),
      severity: "medium",
      finding: { user: "__proto__" },
    },
  ],
  quiet: [
    {
      when: "the limit ends a session now and then",
      sessions: sessionsOf("alice", 1),
      events: [300, 200, 100].map((minutes, n) => endedByLimit(idOf(50 + n), minutes)),
    },
    {
      when: "an operator ended them",
      sessions: sessionsOf("alice", 1),
      events: [30, 20, 10].map((minutes, n) => ({ ...endedByLimit(idOf(50 + n), minutes), reason: "spring clean" })),
    },
    { when: "a user has five", sessions: sessionsOf("alice", 5) },
    { when: "everybody has as many", sessions: [...crowd(300, 7), ...sessionsOf("alice", 7)] },
    { when: "everybody of a few has as many", sessions: crowd(3, 9) },
    {
      when: "anonymous sessions are many",
      sessions: sessionsOf("alice", 20).map((one) => Object.assign(one, { user: undefined })),
    },
    {
      when: "three clients log in within more than 35 minutes",
      sessions: logins([0, chromeWindows], [20, safariPhone], [36, firefoxLinux]),
    },
    {
      when: "two clients log in three times",
      sessions: logins([0, chromeWindows], [1, safariPhone], [2, chromeWindows]),
    },
    { when: "the clients are unknown", sessions: logins([0, undefined], [1, undefined], [2, undefined]) },
    {
      when: "it is not known when they were created",
      sessions: logins([0, chromeWindows], [1, safariPhone], [2, firefoxLinux]).map((one) =>
        Object.assign(one, { createdAt: undefined }),
      ),
    },
    {
      when: "the floor is set higher",
      sessions: sessionsOf("alice", 6),
      thresholds: { "concurrent-excess": { floor: 6 } },
    },
  ],
};
