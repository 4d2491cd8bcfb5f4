import { networkKind } from "../../clients/networks/kinds.js";
import type { Arrival } from "../arrivals.js";
import { busiestRun } from "../busiest-run.js";
import { listAndRevokeUser, listByAddress } from "../next-commands.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly of: "user" | "address";
  readonly sessions: number;
  readonly users: number;
  readonly withinMs: number;
};

/** Sessions begun faster than a person begins them. */
export const creationBurst = defineRule<"sessions" | "windowMs" | "sameAgentShare", Evidence>({
  id: "creation-burst",
  title: "sessions begun in a burst",
  fires: "a user or an address begins many sessions within a minute",
  misses:
    "An address that many share begins many by many kinds of browser, which is passed over; so is a burst whose sessions have ended.",
  severity: "medium",
  needs: ["createdAt"],
  thresholds: {
    sessions: { default: 10, unit: "sessions", means: "how many are too many" },
    windowMs: { default: 60_000, unit: "ms", means: "within what time they were created" },
    sameAgentShare: {
      default: 0.8,
      unit: "share",
      means: "what share of an address's sessions has one and the same user agent when several users are behind it",
    },
  },
  mapsTo: ["ATT&CK T1110"],

  start: (context) => {
    const { facts, thresholds, report } = context;
    const arrivals = context.arrivals(thresholds.sessions);
    const tell = (subject: string, run: readonly Arrival[], user: string | undefined, ip: string | undefined) => {
      const [first, last] = [run[0]?.createdAt ?? 0, run.at(-1)?.createdAt ?? 0];
      report({
        subject,
        sessions: run.map(({ id }) => id).toSorted(),
        user,
        ip,
        firstSeenAt: first,
        lastSeenAt: last,
        evidence: () => ({
          of: user === undefined ? "address" : "user",
          sessions: run.length,
          users: new Set(run.map((one) => one.user)).size,
          withinMs: last - first,
        }),
      });
    };
    return {
      seeUser(user) {
        if (user.count < thresholds.sessions) return;
        const own = user
          .sessions()
          .flatMap(({ id, createdAt, agent, client }) =>
            createdAt === undefined ? [] : [{ id, createdAt, user: 1, agent, client: client ?? 0, isFamiliar: false }],
          )
          .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
        const run = busiestRun(own, thresholds.windowMs);
        if (run.length >= thresholds.sessions) tell(`user ${user.user}`, run, user.user, undefined);
      },
      end() {
        for (const { ip, arrivals: all } of arrivals.addresses(thresholds.sessions)) {
          const run = busiestRun(all, thresholds.windowMs);
          const users = new Set(run.map(({ user }) => user));
          // One user's burst is told as that user's.
          if (run.length < thresholds.sessions || (users.size === 1 && !users.has(0))) continue;
          if (networkKind(facts.whereabouts(ip).asn) === "relay") continue;
          if (sameAgentShareOf(run) >= thresholds.sameAgentShare) tell(`address ${ip}`, run, undefined, ip);
        }
      },
    };
  },

  explain: (finding) => {
    const { of, sessions, users, withinMs } = finding.evidence;
    const who =
      of === "user" ? "The user" : `The address ${finding.ip ?? "?"} (${users} ${users === 1 ? "user" : "users"})`;
    return {
      summary:
        `${who} began ${sessions} sessions within ${Math.max(1, Math.ceil(withinMs / 1000))} s: a program logs in again and ` +
        "again, by mistake or to guess passwords.",
      next: of === "user" ? listAndRevokeUser(finding, "creation-burst") : listByAddress(finding, "creation-burst"),
    };
  },
});

function sameAgentShareOf(run: readonly Arrival[]): number {
  const counts = new Map<number, number>();
  for (const { agent } of run) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return [...counts.values()].reduce((a, b) => Math.max(a, b), 0) / Math.max(1, run.length);
}
