import { networkKind, type NetworkKind } from "../../clients/networks/kinds.js";
import type { Arrival } from "../arrivals.js";
import { busiestRun } from "../busiest-run.js";
import { listByAddress } from "../next-commands.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly users: number;
  readonly sessions: number;
  /** Of those users so many had one session from there. */
  readonly oneSessionShare: number;
  readonly clients: number;
  readonly kind: NetworkKind | null;
  readonly withinMs: number;
};

/** Many users from one address, one session each: somebody tries stolen passwords, and some fit. */
export const ipFanout = defineRule<
  "users" | "windowMs" | "oneSessionShare" | "usualShare" | "clients" | "familiarShare",
  Evidence
>({
  id: "ip-fanout",
  title: "many users from one address",
  fires:
    "an address begins sessions of many users within an hour, one each, by few kinds of client or from a hosting network",
  misses:
    "An office, a school or a carrier's gateway is told by its many kinds of client, and by users who were in that network before. Tries that fail leave no session.",
  severity: "high",
  needs: ["user", "address", "createdAt"],
  thresholds: {
    users: { default: 15, unit: "users", means: "how many users are too many" },
    windowMs: { default: 3_600_000, unit: "ms", means: "within what time their sessions were created" },
    oneSessionShare: {
      default: 0.8,
      unit: "share",
      means: "what share of them has one session from there at the least",
    },
    usualShare: {
      default: 0.999,
      unit: "share",
      means: "the share of addresses whose number of sessions counts as usual",
    },
    clients: { default: 2, unit: "clients", means: "how many kinds of client are few" },
    familiarShare: {
      default: 0.5,
      unit: "share",
      means: "the share of users who were in that network before which makes it one they share",
    },
  },
  mapsTo: ["ATT&CK T1110.004"],

  start: (context) => {
    const { facts, thresholds, report } = context;
    const arrivals = context.arrivals(thresholds.users);
    return {
      end() {
        let usual: number | undefined;
        for (const { ip, arrivals: all } of arrivals.addresses(thresholds.users)) {
          const run = busiestRun(
            all.filter(({ user }) => user !== 0),
            thresholds.windowMs,
            ({ user }) => user,
          );
          const users = usersOf(run);
          if (users < thresholds.users) continue;
          usual ??= arrivals.quantile(thresholds.usualShare);
          // With few addresses the quantile is the busiest one itself.
          if (run.length <= usual && usual > 2 * thresholds.users) continue;
          const share = oneSessionShareOf(run);
          const clients = new Set(run.map(({ client }) => client)).size;
          const kind = networkKind(facts.whereabouts(ip).asn);
          if (kind === "relay" || share < thresholds.oneSessionShare) continue;
          if (clients > thresholds.clients && kind !== "hosting") continue;
          if (run.filter(({ isFamiliar }) => isFamiliar).length >= thresholds.familiarShare * run.length) continue;
          const [first, last] = [run[0]?.createdAt ?? 0, run.at(-1)?.createdAt ?? 0];
          report({
            subject: ip,
            sessions: run.map(({ id }) => id).toSorted(),
            ip,
            firstSeenAt: first,
            lastSeenAt: last,
            evidence: () => ({
              users,
              sessions: run.length,
              oneSessionShare: Math.round(share * 1000) / 1000,
              clients,
              kind: kind ?? null,
              withinMs: last - first,
            }),
          });
        }
      },
    };
  },

  explain: (finding) => {
    const { users, sessions, clients, kind, withinMs } = finding.evidence;
    const from = kind === "hosting" ? " of a hosting network" : "";
    return {
      summary:
        `From the address ${finding.ip ?? "?"}${from} began ${sessions} sessions of ${users} users within ` +
        `${Math.max(1, Math.ceil(withinMs / 60_000))} min, by ${clients} ${clients === 1 ? "kind" : "kinds"} of client: ` +
        "stolen passwords are being tried, and these fitted. End them, and have those users change theirs.",
      next: listByAddress(finding, "stuffing"),
    };
  },
});

function usersOf(run: readonly Arrival[]): number {
  return new Set(run.map(({ user }) => user)).size;
}

function oneSessionShareOf(run: readonly Arrival[]): number {
  const counts = new Map<number, number>();
  for (const { user } of run) counts.set(user, (counts.get(user) ?? 0) + 1);
  return [...counts.values()].filter((count) => count === 1).length / Math.max(1, counts.size);
}
