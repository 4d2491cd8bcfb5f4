import { Distribution } from "../distribution.js";
import { Tally } from "../tally.js";
import { listAndRevokeUser } from "../next-commands.js";
import { defineRule } from "../rule.js";
import type { UserSession } from "../user-sessions.js";

type Evidence = {
  /** The user's live sessions. */
  readonly live: number;
  /** What they are compared with: the floor, or what is usual among all users. */
  readonly limit: number;
  /** Sessions created shortly after each other by different clients; `null` when there are none. */
  readonly burst: { readonly sessions: number; readonly clients: number; readonly withinMs: number } | null;
  /** Sessions that the store's limit ended shortly after each other, each for another login; `null` when there are none. */
  readonly endedByLimit: { readonly sessions: number; readonly withinMs: number } | null;
};

type Limits = Readonly<Record<"floor" | "usualShare" | "burstSessions" | "burstClients" | "burstMs", number>>;

interface Candidate {
  readonly user: string;
  readonly sessions: readonly UserSession[];
  readonly burst: readonly UserSession[];
  readonly ended: Displaced | undefined;
}

/**
 * The most sessions that are usual, for a user with `live` sessions. The quantile of a small population is its greatest
 * user, who would never be found: there, twice the median of the others stands in for it.
 */
function usualMost(counts: Distribution, usualShare: number): (live: number) => number {
  const enough = counts.size * (1 - usualShare) >= 1;
  const usual = enough ? counts.quantile(usualShare) : 0;
  return (live) => (enough ? usual : 2 * counts.quantile(0.5, live));
}

/** The longest run of sessions created within `burstMs` that has enough sessions and clients; empty when none has. */
export function burstOf(
  sessions: readonly UserSession[],
  { burstSessions, burstClients, burstMs }: Limits,
): readonly UserSession[] {
  const dated = sessions.filter(({ createdAt, client }) => createdAt !== undefined && client !== undefined);
  const sorted = dated.toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  const clients = new Tally<number | undefined>();
  let best = { first: 0, length: 0 };
  let first = 0;
  for (const [last, session] of sorted.entries()) {
    clients.add(session.client);
    for (; (session.createdAt ?? 0) - (sorted[first]?.createdAt ?? 0) > burstMs; first++) {
      clients.remove(sorted[first]?.client);
    }
    const length = last - first + 1;
    if (length >= burstSessions && clients.size >= burstClients && length > best.length) best = { first, length };
  }
  return sorted.slice(best.first, best.first + best.length);
}

function latest(sessions: readonly UserSession[]): number | undefined {
  const times = sessions
    .map(({ lastSeenAt, createdAt }) => lastSeenAt ?? createdAt)
    .filter((time) => time !== undefined);
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));
}

function earliest(sessions: readonly UserSession[]): number | undefined {
  const times = sessions.map(({ createdAt }) => createdAt).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

/** Most users remembered of whom the limit ended sessions; events are bounded, but by the store. */
const mostDisplaced = 1 << 17;

/** How many sessions of a user the limit ended within the time of a burst. */
interface Displaced {
  /** When, of the latest that are within that time. */
  readonly times: readonly number[];
  /** The most there were. */
  readonly sessions: number;
  readonly withinMs: number;
  readonly lastAt: number;
}

function displacedAgain(before: Displaced | undefined, at: number, burstMs: number): Displaced {
  const times = [...(before?.times ?? []).filter((time) => at - time <= burstMs), at].slice(-64);
  const isMore = times.length > (before?.sessions ?? 0);
  return {
    times,
    sessions: isMore ? times.length : (before?.sessions ?? 0),
    withinMs: isMore ? at - (times[0] ?? at) : (before?.withinMs ?? 0),
    lastAt: at,
  };
}

/** A user with more sessions than people have, or with many clients logging in at once: shared or stolen credentials. */
export const concurrentExcess = defineRule<keyof Limits, Evidence>({
  id: "concurrent-excess",
  title: "unusually many sessions at once",
  fires:
    "a user has more live sessions than is usual, several created within a short time by different clients, or several that the store's limit ended for new ones within a short time",
  misses:
    "The layout must tell the user. What a limit ended is told from the events, of which a store keeps so many; a login that it refused leaves none.",
  severity: "medium",
  needs: ["user"],
  thresholds: {
    floor: { default: 5, unit: "sessions", means: "so many sessions of a user are never too many" },
    usualShare: { default: 0.995, unit: "share", means: "the share of users whose number of sessions counts as usual" },
    burstSessions: { default: 3, unit: "sessions", means: "how many sessions make a burst" },
    burstClients: { default: 3, unit: "clients", means: "how many different clients make a burst" },
    burstMs: { default: 35 * 60_000, unit: "ms", means: "within what time the sessions of a burst were created" },
  },
  mapsTo: ["ASVS 7.1.2"],

  start({ thresholds, report }) {
    const counts = new Distribution();
    const candidates: Candidate[] = [];
    const displaced = new Map<string, Displaced>();
    return {
      hear({ type, reason, user, at }) {
        if (type !== "revoked" || reason !== "limit" || user === undefined) return;
        const before = displaced.get(user);
        if (before === undefined && displaced.size >= mostDisplaced) return;
        displaced.set(user, displacedAgain(before, at, thresholds.burstMs));
      },
      seeUser({ user, count, sessions }) {
        counts.add(count);
        const ended = displaced.get(user);
        const isDisplaced = ended !== undefined && ended.sessions >= thresholds.burstSessions;
        if (count <= thresholds.floor && count < thresholds.burstSessions && !isDisplaced) return;
        const all = sessions();
        const burst = burstOf(all, thresholds);
        if (count > thresholds.floor || burst.length > 0 || isDisplaced) {
          candidates.push({ user, sessions: all, burst, ended: isDisplaced ? ended : undefined });
        }
      },
      end() {
        const usual = usualMost(counts, thresholds.usualShare);
        for (const { user, sessions, burst, ended } of candidates) {
          const live = sessions.length;
          const limit = Math.max(thresholds.floor, usual(live));
          const excess = live > limit;
          if (!excess && burst.length === 0 && ended === undefined) continue;
          const concerned = excess || ended !== undefined ? sessions : burst;
          const withinMs = (burst.at(-1)?.createdAt ?? 0) - (burst[0]?.createdAt ?? 0);
          const clients = new Set(burst.map(({ client }) => client)).size;
          report({
            subject: user,
            sessions: concerned.map(({ id }) => id).toSorted(),
            user,
            firstSeenAt: earliest(concerned),
            lastSeenAt: latest(concerned),
            evidence: () => ({
              live,
              limit,
              burst: burst.length === 0 ? null : { sessions: burst.length, clients, withinMs },
              endedByLimit: ended === undefined ? null : { sessions: ended.sessions, withinMs: ended.withinMs },
            }),
          });
        }
      },
    };
  },

  explain: (finding) => {
    const { live, limit, burst, endedByLimit } = finding.evidence;
    const many = live > limit ? `${live} live sessions where up to ${limit} are usual` : "";
    const quick =
      burst === null
        ? ""
        : `${burst.sessions} sessions from ${burst.clients} kinds of client created within ${Math.ceil(burst.withinMs / 60_000)} min`;
    const pushed =
      endedByLimit === null
        ? ""
        : `${endedByLimit.sessions} sessions that the store's limit ended within ${Math.ceil(endedByLimit.withinMs / 60_000)} min for new logins`;
    return {
      summary:
        `The user has ${[many, quick, pushed].filter((part) => part !== "").join(", and ")}: ` +
        "the account may be shared, its password known to others, or old sessions never ended.",
      next: listAndRevokeUser(finding, "concurrent-excess"),
    };
  },
});
