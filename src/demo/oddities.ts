import { someCarrier, someHome } from "./networks.js";
import type { Person } from "./people.js";
import { dayMs, hourMs, minuteMs, type SessionPlan } from "./plan.js";
import type { Random } from "./random.js";
import { someData } from "./session-data.js";
import { crawler, hostile, someDesktop } from "./user-agents.js";

/** What every population has a little of and is no takeover: a shared account, a crawler, a client that lies. */
export function oddities(random: Random, people: readonly Person[]): readonly SessionPlan[] {
  const common = { idleMs: dayMs, absoluteMs: 7 * dayMs, steps: [], takeover: undefined };
  const sharedAccount = Array.from({ length: 14 }, (_, n) => ({
    ...common,
    user: "frontdesk",
    level: "aal1",
    data: someData(random),
    createdAgo: (n + 1) * hourMs + random.whole(0, 50) * minuteMs,
    client: { ip: someHome(random).address(random), userAgent: someDesktop(random).userAgent(0) },
  }));
  const crawls = Array.from({ length: 6 }, () => ({
    ...common,
    user: undefined,
    level: undefined,
    data: {},
    createdAgo: random.skewed(minuteMs, 5 * hourMs),
    client: { ip: `2001:db8:c0ff:ee::${random.whole(1, 9)}`, userAgent: crawler },
  }));
  const [somebody] = people;
  const liar = {
    ...common,
    user: somebody?.user,
    level: "aal1",
    data: someData(random),
    createdAgo: 47 * minuteMs,
    client: { ip: someCarrier(random).address(random), userAgent: hostile },
  };
  return [...sharedAccount, ...crawls, liar];
}
