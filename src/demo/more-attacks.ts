import { someStrangePlace } from "./networks.js";
import type { Person } from "./people.js";
import { dayMs, hourMs, minuteMs, type SessionPlan, type Step, type Takeover } from "./plan.js";
import type { Random } from "./random.js";
import { someData } from "./session-data.js";
import { asDesktop, tools } from "./user-agents.js";

/** Logins with stolen passwords that fitted: more than an office sends within an hour. */
const stuffed = 18;

/** What else is done with tokens and passwords that are not one's own, beside the takeovers. */
export function plantedMisuse(random: Random, people: readonly Person[]): readonly SessionPlan[] {
  // From the end: the takeovers are spread over all, and each has another victim where there are enough people.
  const victims = people.toReversed();
  const [first, second, third, fourth, fifth] = victims;
  if (!first || !second || !third || !fourth || !fifth) return [];
  return [
    twin(random, first),
    robot(random, second),
    replay(random, third),
    clone(random, fourth),
    ...stuffing(random, victims.slice(4, 4 + stuffed)),
  ];
}

/** Owner and thief use one session in turn, within minutes. */
function twin(random: Random, victim: Person): SessionPlan {
  const client = { ip: victim.home.address(random), userAgent: victim.desktop.userAgent(0) };
  const thief = { ip: someStrangePlace(random).address(random), userAgent: asDesktop(client.userAgent) };
  const steps: readonly Step[] = [30, 29, 27, 26, 25].map((minutes, n) => ({
    ago: minutes * minuteMs,
    client: n % 2 === 0 ? client : thief,
    action: "request",
  }));
  return { ...planOf(random, victim, "twin"), createdAgo: 3 * hourMs, client, steps };
}

/** A program logs in with a password that it was given. */
function robot(random: Random, victim: Person): SessionPlan {
  const client = { ip: someStrangePlace(random).address(random), userAgent: random.pick(tools) };
  const steps: readonly Step[] = [{ ago: 5 * minuteMs, client, action: "request" }];
  return { ...planOf(random, victim, "robot"), createdAgo: 50 * minuteMs, client, steps };
}

/** The user logs out, and half an hour later somebody else presents the token. */
function replay(random: Random, victim: Person): SessionPlan {
  const client = { ip: victim.home.address(random), userAgent: victim.desktop.userAgent(0) };
  const thief = { ip: someStrangePlace(random).address(random), userAgent: asDesktop(client.userAgent) };
  const steps: readonly Step[] = [
    { ago: 60 * minuteMs, client, action: "request" },
    { ago: 50 * minuteMs, client, action: "log-out" },
    { ago: 20 * minuteMs, client: thief, action: "request" },
  ];
  return { ...planOf(random, victim, "replay"), createdAgo: 2 * hourMs, client, steps };
}

/** A thief in the same network with the same browser. */
function clone(random: Random, victim: Person): SessionPlan {
  const client = { ip: victim.home.address(random), userAgent: victim.desktop.userAgent(0) };
  const steps: readonly Step[] = [40, 30, 20].map((minutes) => ({
    ago: minutes * minuteMs,
    client,
    action: "request",
  }));
  return { ...planOf(random, victim, "clone"), createdAgo: 90 * minuteMs, client, steps };
}

/** Many users' passwords are tried from one address by one program that feigns a browser. */
function stuffing(random: Random, victims: readonly Person[]): readonly SessionPlan[] {
  const ip = someStrangePlace(random).address(random);
  const userAgent = asDesktop("");
  return victims.map((victim, n) => ({
    ...planOf(random, victim, "stuffing"),
    createdAgo: (50 - 2 * n) * minuteMs,
    client: { ip, userAgent },
    steps: [],
  }));
}

function planOf(
  random: Random,
  victim: Person,
  takeover: Takeover,
): Pick<SessionPlan, "user" | "level" | "idleMs" | "absoluteMs" | "data" | "takeover"> {
  const { user } = victim;
  return { user, level: "aal1", idleMs: 7 * dayMs, absoluteMs: 30 * dayMs, data: someData(random), takeover };
}
