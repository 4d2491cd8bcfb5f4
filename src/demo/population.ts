import { plantedTakeovers } from "./attacks.js";
import { plantedMisuse } from "./more-attacks.js";
import { oddities } from "./oddities.js";
import { type Person, somePeople } from "./people.js";
import { dayMs, hourMs, minuteMs, type SessionPlan, type Step } from "./plan.js";
import { type Random, seededRandom } from "./random.js";
import { someData } from "./session-data.js";
import { asDesktopSite } from "./user-agents.js";

/** How large a population is, and which of all possible ones. */
export interface PopulationOptions {
  /** At least 8, so that every stolen session is another user's; default 800. */
  readonly users?: number;
  /** Sessions without a user; default 260. */
  readonly anonymous?: number;
  /** Default: always the same population. */
  readonly seed?: number;
}

/** How many sessions people have, with how many in a hundred people have so many. */
const sessionsEach: readonly [readonly [number, number], ...(readonly [number, number])[]] = [
  [1, 27],
  [2, 27],
  [3, 20],
  [4, 14],
  [5, 9],
  [6, 2],
  [7, 1],
];

/** A population of sessions as an application of some size has them at any moment, a few of them stolen. Pure. */
export function population(options: PopulationOptions = {}): readonly SessionPlan[] {
  const random = seededRandom(options.seed ?? 20_261_122);
  const people = somePeople(random, options.users ?? 800);
  const ordinary = people.flatMap((person) =>
    Array.from({ length: random.weighted(sessionsEach) }, () => someSession(random, person)),
  );
  const anonymous = Array.from({ length: options.anonymous ?? 260 }, () => anonymousSession(random));
  return [
    ...ordinary,
    ...anonymous,
    ...plantedTakeovers(random, people),
    ...oddities(random, people),
    ...plantedMisuse(random, people),
  ];
}

/** How a session is kept: what its user ticked when they logged in, or what they did since. */
function someSession(random: Random, person: Person): SessionPlan {
  const kind = random.weighted([
    ["remembered", 62],
    ["ordinary", 28],
    ["stepped-up", 10],
  ]);
  switch (kind) {
    case "remembered":
      return rememberedSession(random, person);
    case "ordinary":
      return plainSession(random, person, random.skewed(minuteMs, 115 * minuteMs));
    case "stepped-up":
      return steppedUpSession(random, person);
  }
}

/** "Keep me signed in": a week without a request, a month in all. */
function rememberedSession(random: Random, person: Person): SessionPlan {
  const createdAgo = random.skewed(30 * minuteMs, 6 * dayMs);
  const onPhone = random.chance(0.64);
  const { userAgent } = onPhone ? person.phone : person.desktop;
  const lifetime = { user: person.user, level: "aal1", idleMs: 7 * dayMs, absoluteMs: 30 * dayMs, createdAgo };
  const common = { ...lifetime, data: someData(random), takeover: undefined };
  const lastAgo = lastRequest(random, createdAgo);
  const between = () => lastAgo + (createdAgo - lastAgo) * random.fraction();

  // A browser that updated itself meanwhile, on a machine that stays where it is.
  if (createdAgo > dayMs && random.chance(0.3)) {
    const client = { ip: person.home.address(random), userAgent: userAgent(1) };
    return { ...common, client, steps: [request(lastAgo, { ...client, userAgent: userAgent(0) })] };
  }
  const current = userAgent(random.chance(0.15) ? 1 : 0);
  if (!onPhone) {
    const client = { ip: person.home.address(random), userAgent: current };
    // A laptop that goes to work.
    const atWork = random.chance(0.015) ? { ip: person.office?.address(random), userAgent: current } : client;
    return { ...common, client, steps: [request(lastAgo, atWork)] };
  }
  const carried = () => ({ ip: person.carrier.address(random), userAgent: current });
  const atHome = { ip: person.home.address(random), userAgent: current };
  if (random.chance(0.008)) return { ...common, client: atHome, steps: [request(lastAgo, carried())] };
  if (random.chance(0.55)) return { ...common, client: atHome, steps: [request(lastAgo, atHome)] };
  const client = carried();
  if (current.includes("Android 10; K) AppleWebKit") && random.chance(0.015)) {
    const asked = { ip: client.ip, userAgent: asDesktopSite(current) };
    return { ...common, client, steps: [request(lastAgo, asked)] };
  }
  const moves = [between(), between()].toSorted((a, b) => b - a).slice(random.whole(0, 2));
  return { ...common, client, steps: [...moves, lastAgo].map((ago) => request(ago, carried())) };
}

/** A login without "keep me signed in", so long ago. */
function plainSession(random: Random, person: Person, createdAgo: number): SessionPlan {
  const atWork = person.office !== undefined && random.chance(0.5);
  const client = { ip: (atWork ? person.office : person.home).address(random), userAgent: person.desktop.userAgent(0) };
  return {
    user: person.user,
    level: "aal1",
    idleMs: 2 * hourMs,
    absoluteMs: 12 * hourMs,
    data: someData(random),
    createdAgo,
    client,
    steps: [request(lastRequest(random, createdAgo), client)],
    takeover: undefined,
  };
}

/** A working day's session whose user has just proved more, to pay or to administer. */
function steppedUpSession(random: Random, person: Person): SessionPlan {
  const plan = plainSession(random, person, random.skewed(40 * minuteMs, 10 * hourMs));
  const ago = random.skewed(minuteMs, 25 * minuteMs);
  const steps: readonly Step[] = [
    { ago, client: plan.client, action: "step-up" },
    request(random.skewed(2000, ago), plan.client),
  ];
  return { ...plan, idleMs: 12 * hourMs, steps };
}

/** Somebody who has not logged in: a cart that waits. */
function anonymousSession(random: Random): SessionPlan {
  const [person] = somePeople(random, 1);
  const createdAgo = random.skewed(minuteMs, 20 * hourMs);
  const [place, device] = random.chance(0.6) ? [person?.carrier, person?.phone] : [person?.home, person?.desktop];
  const client = { ip: place?.address(random), userAgent: device?.userAgent(0) };
  return {
    user: undefined,
    level: undefined,
    idleMs: dayMs,
    absoluteMs: 7 * dayMs,
    data: someData(random),
    createdAgo,
    client,
    steps: [request(lastRequest(random, createdAgo), client)],
    takeover: undefined,
  };
}

/** How long ago the last request came: one visitor in seven is here right now. */
function lastRequest(random: Random, createdAgo: number): number {
  const now = 10 * minuteMs;
  return createdAgo < now || random.chance(1 / 7)
    ? random.skewed(2000, Math.min(now, createdAgo))
    : random.skewed(now, createdAgo);
}

function request(ago: number, client: SessionPlan["client"]): Step {
  return { ago, client, action: "request" };
}
