import { type Clock, createSessionStore, type SessionId, type SessionStore, type Token } from "../index.js";
import type { Client } from "../core/session.js";
import type { SessionPlan, Takeover } from "./plan.js";

/** A session of the population, with what its user's browser would hold. */
export interface LiveSession {
  readonly id: SessionId;
  readonly token: Token;
  readonly user: string | undefined;
  /** Who used it last. */
  readonly client: Client;
  readonly takeover: Takeover | undefined;
  /** Whether its user has logged out; the token is somebody's all the same. */
  readonly hasEnded: boolean;
}

/** How to fill. */
export interface FillOptions {
  /** When the population is as planned; default: the system's clock. */
  readonly clock?: Clock;
  /** Called before each step; what it throws ends the filling. */
  readonly check?: () => void;
}

/** What the store is told to do at one moment of one session's life. */
interface Moment {
  readonly ago: number;
  readonly plan: SessionPlan;
  /** Which of the plan's steps; -1 is the creation. */
  readonly step: number;
}

/** As long as the oldest session may be. */
const longestIdleMs = 7 * 86_400_000;

const stepUp = { level: "aal2", idleMs: 30 * 60_000 };

/**
 * Brings a Redis to where an application would have brought it by now: every session is created, used and stepped up
 * through the public library, in the order of time, under a clock that is moved from the past to `now`.
 */
export async function fill(
  redis: string,
  plans: readonly SessionPlan[],
  { clock = Date.now, check = () => undefined }: FillOptions = {},
): Promise<readonly LiveSession[]> {
  const end = clock();
  let now = end;
  // Redis has its own clock: an end that is past for it, be it only between two commands, is the session's end.
  const sessions = createSessionStore({ redis, clock: () => now, idleMs: longestIdleMs });
  const live = new Map<SessionPlan, LiveSession>();
  try {
    for (const moment of momentsOf(plans)) {
      check();
      now = Math.round(end - moment.ago);
      const { plan } = moment;
      const before = live.get(plan);
      const after = moment.step === -1 ? await begin(sessions, plan) : before && (await goOn(sessions, moment, before));
      if (after) live.set(plan, after);
    }
  } finally {
    await sessions.close();
  }
  return [...live.values()];
}

function momentsOf(plans: readonly SessionPlan[]): readonly Moment[] {
  return plans
    .flatMap((plan) => [
      { ago: plan.createdAgo, plan, step: -1 },
      ...plan.steps.map(({ ago }, step) => ({ ago, plan, step })),
    ])
    .toSorted((a, b) => b.ago - a.ago || a.step - b.step);
}

async function begin(sessions: SessionStore, plan: SessionPlan): Promise<LiveSession> {
  const { user, level, idleMs, absoluteMs, data, client, takeover } = plan;
  const { token, session } = await sessions.create({
    ...(user === undefined ? {} : { user }),
    ...(level === undefined ? {} : { level }),
    idleMs,
    absoluteMs,
    data,
    client,
  });
  return { id: session.id, token, user, client, takeover, hasEnded: false };
}

async function goOn(sessions: SessionStore, moment: Moment, live: LiveSession): Promise<LiveSession | undefined> {
  const step = moment.plan.steps[moment.step];
  if (!step) return undefined;
  if (step.action === "log-out") {
    await sessions.destroy(live.token);
    return { ...live, hasEnded: true };
  }
  if (step.action === "request") {
    await sessions.validate(live.token, step.client);
    return { ...live, client: step.client };
  }
  const next = await sessions.rotate(live.token, { ...stepUp, client: step.client });
  return next.ok ? { ...live, id: next.session.id, token: next.token, client: step.client } : undefined;
}
