import type { Client } from "../../src/core/session.js";
import type { Random } from "../../src/demo/random.js";
import { type Device, otherComputer, sameFamily, someComputer, tools } from "./devices.js";
import { type Act, type Attack, dayMs, hourMs, type Life, minuteMs, spanMs } from "./life.js";
import { ipv4, type World } from "./networks.js";
import type { Person } from "./person.js";

/** What planning an attack needs. */
export interface Attacking {
  readonly random: Random;
  readonly world: World;
}

/** Who holds the copied token, and whether they can be told from the victim by anything at all. */
function thiefOf(kind: Attack, victim: Person, { random, world }: Attacking): Client {
  const own = (device: Device) => device.userAgent(random.whole(-2, 0));
  switch (kind) {
    case "naive":
      return {
        ip: ipv4(random, world.abroad(random, ["isp", "mobile", "hosting"], victim.country)),
        userAgent: own(otherComputer(random, victim.device)),
      };
    case "vpn in the victim's country":
      return {
        ip: ipv4(random, world.place(random, random.chance(0.7) ? ["vpn"] : ["hosting"], victim.country)),
        userAgent: own(otherComputer(random, victim.device)),
      };
    case "same provider and browser family":
      return { ip: ipv4(random, victim.home), userAgent: own(sameFamily(random, victim.device)) };
    case "tool replay":
      return {
        ip: ipv4(random, world.place(random, random.chance(0.7) ? ["hosting"] : ["isp", "vpn"])),
        userAgent: random.pick(tools),
      };
    case "infostealer from hosting":
      // An "anti-detect" browser that shows the victim's own user agent.
      return {
        ip: ipv4(random, world.place(random, ["hosting"], random.chance(0.4) ? victim.country : undefined)),
        userAgent: victim.device.userAgent(0),
      };
    case "perfect clone":
      return { ip: victim.homeAddress, userAgent: victim.device.userAgent(0) };
    default:
      return {
        ip: ipv4(random, world.place(random, ["hosting", "vpn", "isp"])),
        userAgent: own(someComputer(random)),
      };
  }
}

/** A session whose token is copied and used, beside its owner or instead. */
function copied(kind: Attack, number: number, victim: Person, attacking: Attacking): Life {
  const { random } = attacking;
  const owner = { ip: victim.homeAddress, userAgent: victim.device.userAgent(0) };
  const thief = thiefOf(kind, victim, attacking);
  const stolenAt = Math.round(spanMs - random.skewed(15 * minuteMs, 2 * dayMs));
  const createdAt = Math.round(Math.max(0, stolenAt - random.skewed(30 * minuteMs, 4 * dayMs)));
  const acts: Act[] = [
    { at: createdAt, does: "sign-in", client: owner },
    { at: Math.round(stolenAt - random.whole(30_000, 20 * minuteMs)), does: "request", client: owner },
  ].filter(({ at }) => at >= createdAt) as Act[];
  // In half of the cases the owner goes on using the session while the thief does.
  const beside = random.chance(0.5);
  let at = stolenAt;
  for (let n = random.whole(2, 6); n > 0 && at < spanMs - 1000; n--) {
    acts.push({ at, does: "request", client: thief });
    if (beside && at + 20_000 < spanMs)
      acts.push({ at: at + random.whole(3000, 15_000), does: "request", client: owner });
    at += Math.round(random.skewed(30_000, 8 * minuteMs));
  }
  return { user: victim.user, acts: acts.toSorted((a, b) => a.at - b.at), churn: "none", attack: { kind, number } };
}

/** A token that the attacker planted in the victim's browser before the login, and presents after it. */
function fixation(number: number, victim: Person, attacking: Attacking): Life {
  const { random } = attacking;
  const owner = { ip: victim.homeAddress, userAgent: victim.device.userAgent(0) };
  const attacker = thiefOf("fixation", victim, attacking);
  // Tombstones are kept for an hour: what is presented later is an unknown token.
  const loginAt = Math.round(spanMs - random.skewed(5 * minuteMs, dayMs));
  const triedAt = loginAt + Math.round(random.skewed(40_000, 40 * minuteMs));
  const acts: Act[] = [
    { at: loginAt - random.whole(2, 60) * minuteMs, does: "visit", client: attacker },
    { at: loginAt - random.whole(20_000, 60_000), does: "request", client: owner },
    { at: loginAt, does: "login", client: owner },
    { at: Math.min(triedAt, spanMs - 1), does: "present-old", client: attacker },
  ];
  return { user: victim.user, acts, churn: "none", attack: { kind: "fixation", number } };
}

/** A copied token that is presented after its owner has signed out. */
function afterLogout(number: number, victim: Person, attacking: Attacking): Life {
  const { random } = attacking;
  const owner = { ip: victim.homeAddress, userAgent: victim.device.userAgent(0) };
  const logoutAt = Math.round(spanMs - random.skewed(5 * minuteMs, dayMs));
  const triedAt = logoutAt + Math.round(random.skewed(40_000, 40 * minuteMs));
  const acts: Act[] = [
    { at: logoutAt - random.whole(10, 90) * minuteMs, does: "sign-in", client: owner },
    { at: logoutAt, does: "logout", client: owner },
    {
      at: Math.min(triedAt, spanMs - 1),
      does: "present-old",
      client: thiefOf("replay after logout", victim, attacking),
    },
  ];
  return { user: victim.user, acts, churn: "none", attack: { kind: "replay after logout", number } };
}

/** Passwords from a leak that worked: sessions of many users from one machine within the hour. */
export function stuffing(number: number, victims: readonly Person[], { random, world }: Attacking): readonly Life[] {
  const ip = ipv4(random, world.place(random, random.chance(0.75) ? ["hosting", "vpn"] : ["isp", "mobile"]));
  const userAgent = random.chance(0.5) ? random.pick(tools) : someComputer(random).userAgent(-1);
  const start = Math.round(spanMs - random.skewed(hourMs, 2 * dayMs));
  return victims.map((victim) => ({
    user: victim.user,
    acts: [
      {
        at: start + Math.round(random.fraction() * 50 * minuteMs),
        does: "sign-in" as const,
        client: { ip, userAgent },
      },
    ],
    churn: "none" as const,
    attack: { kind: "stuffing" as const, number },
  }));
}

/** One attack of a kind on one victim; `stuffing` has many and a function of its own. */
export function attackOn(
  kind: Exclude<Attack, "stuffing">,
  number: number,
  victim: Person,
  attacking: Attacking,
): Life {
  if (kind === "fixation") return fixation(number, victim, attacking);
  if (kind === "replay after logout") return afterLogout(number, victim, attacking);
  return copied(kind, number, victim, attacking);
}
