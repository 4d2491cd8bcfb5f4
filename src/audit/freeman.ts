import { hashOf } from "./hash.js";
import { Tally } from "./tally.js";
import type { UserSession } from "./user-sessions.js";

/*
 * The risk score of Freeman, Jain, Dürmuth, Biggio and Giacinto, "Who Are You? A Statistical Approach to Measuring User
 * Authenticity" (NDSS 2016), with the features and weights that Wiefling et al. use for it (das-group/rba-algorithm):
 *
 *   S = (1/U) / (N_u/N) · Π over features k of P_k / L_k
 *
 * P_k: how likely the feature's value is for anybody; L_k: how likely for this user. Each is a weighted mean over the
 * feature's parts. P is smoothed: a value not seen gets 1/(N+M). L is not: P/4 where the user never had the value.
 */

/**
 * Parts of the two features, and how much each says. Browser (0.2680), system (0.1882) and device (0.0051) are one part
 * here, the client, with their weights together: without versions, which change every few weeks, they hang together, and a
 * session that is compared keeps one number for the three.
 */
const addressWeights = { ip: 0.6, asn: 0.3, country: 0.1 } as const;
const agentWeights = { agent: 0.5387, client: 0.4613 } as const;

type Part = keyof typeof addressWeights | keyof typeof agentWeights;

/** The value of each part of a session. */
type Values = Readonly<Record<Part, number>>;

/** A session as it is compared: its values, and the share of the user's other sessions that have each. */
export interface Profile {
  readonly id: string;
  readonly user: string;
  readonly ip: string | undefined;
  readonly createdAt: number | undefined;
  readonly lastSeenAt: number | undefined;
  readonly values: Values;
  readonly own: Values;
  readonly ownCount: number;
}

const parts: readonly Part[] = ["ip", "asn", "country", "agent", "client"];

/** Most values of a part that are told apart: of more, some are taken for one. */
const slots = 1 << 18;

/** The profiles of a user's sessions, each compared with the other ones; without those that tell too little. */
export function profilesOf(user: string, sessions: readonly UserSession[]): readonly Profile[] {
  const telling = sessions.flatMap((session) => {
    const values = valuesOf(session);
    return values === undefined ? [] : [{ session, values }];
  });
  const ownCount = telling.length - 1;
  if (ownCount < 1) return [];
  const shareOf = (part: Part) => {
    const tally = new Tally<number>();
    for (const { values } of telling) tally.add(values[part]);
    return (values: Values) => (tally.of(values[part]) - 1) / ownCount;
  };
  const shares = {
    ip: shareOf("ip"),
    asn: shareOf("asn"),
    country: shareOf("country"),
    agent: shareOf("agent"),
    client: shareOf("client"),
  };
  return telling.map(({ session: { id, ip, createdAt, lastSeenAt }, values }) => {
    const own = {
      ip: shares.ip(values),
      asn: shares.asn(values),
      country: shares.country(values),
      agent: shares.agent(values),
      client: shares.client(values),
    };
    return { id, user, ip, createdAt, lastSeenAt, values, own, ownCount };
  });
}

function valuesOf({ ip, ipHash, agent, client, visits }: UserSession): Values | undefined {
  const first = visits[0];
  if (ip === undefined || agent === 0 || first === undefined) return undefined;
  return {
    ip: ipHash,
    asn: first.asn ?? 0,
    country: hashOf(first.country ?? ""),
    agent,
    client: client ?? 0,
  };
}

/** What is usual among all sessions, in bounded memory. */
export class Habits {
  /** How many sessions have each value of a part, in slots by the value: addresses are as many as sessions. */
  readonly #counts: Readonly<Record<Part, Uint32Array>> = {
    ip: new Uint32Array(slots),
    asn: new Uint32Array(slots),
    country: new Uint32Array(slots),
    agent: new Uint32Array(slots),
    client: new Uint32Array(slots),
  };
  #sessions = 0;
  #users = 0;

  /** Counts a session in. */
  learn(session: UserSession): void {
    const values = valuesOf(session);
    if (values === undefined) return;
    this.#sessions++;
    for (const part of parts) {
      const slot = values[part] % slots;
      const counts = this.#counts[part];
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }

  /** Counts a user in. */
  meet(): void {
    this.#users++;
  }

  /** How much likelier a session's features are for anybody than for its user; higher is stranger. */
  score({ values, own, ownCount }: Profile): number {
    const anybody = (part: Part) => {
      const count = this.#counts[part][values[part] % slots] ?? 0;
      return Math.max(1, count) / (this.#sessions + 1);
    };
    const ofUser = (part: Part) => (own[part] > 0 ? own[part] : anybody(part) / 4);
    const ratio = (weights: Readonly<Partial<Record<Part, number>>>) => {
      let [p, l] = [0, 0];
      for (const [part, weight] of Object.entries(weights) as [Part, number][]) {
        p += weight * anybody(part);
        l += weight * ofUser(part);
      }
      return p / l;
    };
    const prior = 1 / Math.max(1, this.#users) / (ownCount / Math.max(1, this.#sessions));
    return prior * ratio(addressWeights) * ratio(agentWeights);
  }
}
