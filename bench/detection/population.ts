import { type Random, seededRandom } from "../../src/demo/random.js";
import { attackOn, stuffing } from "./attackers.js";
import { type ChurnMix, honestSession, kiosk, type Planning } from "./benign.js";
import { type Attack, attacks, type Life } from "./life.js";
import { ipv4, readNetworks, World } from "./networks.js";
import { type Countries, type Person, somePerson, type VpnUse } from "./person.js";

/** A population and how its truth is mixed. */
export interface PopulationPlan {
  readonly name: string;
  readonly seed: number;
  /** Honest users, kiosk visitors apart. */
  readonly users: number;
  readonly countries: Countries;
  readonly vpn: VpnUse;
  readonly churn: ChurnMix;
  /** How many victims of each attack; of `stuffing`, how many campaigns. */
  readonly victims: Readonly<Record<Attack, number>>;
  /** Victims of one stuffing campaign, at least and at most. */
  readonly campaign: readonly [number, number];
  readonly kiosks: number;
}

/** Live sessions of one user, with how many in a hundred have so many: a median of two logins in the RBA data, some of which have ended. */
const sessionsEach = [
  [1, 52],
  [2, 27],
  [3, 12],
  [4, 5],
  [5, 3],
  [7, 1],
] as const;

/** How often somebody with a VPN turns it on or off while a session lasts. */
const vpnHabit = 0.4;

/** Every session that a population has, honest and attacked. Pure: the same for the same plan. */
export function livesOf(plan: PopulationPlan): readonly Life[] {
  const random = seededRandom(plan.seed);
  const world = new World(readNetworks(new URL("../detection/networks.tsv", import.meta.url)));
  const person = (number: number) => somePerson(random, world, plan, number);
  const people = Array.from({ length: plan.users }, (_, n) => person(n));
  const offices = Array.from({ length: 24 }, () => {
    const place = world.place(random, ["office", "isp"], random.weighted(plan.countries));
    return { place, address: ipv4(random, place) };
  });
  const planning: Planning = { random, world, offices };
  const honest = people.flatMap((one) => sessionsOf(one, plan, planning));
  let next = plan.users;
  const strangers = (count: number): Person[] => Array.from({ length: count }, () => person(next++));
  const kiosks = Array.from({ length: plan.kiosks }, () => kiosk(strangers(random.whole(16, 26)), planning)).flat();
  const attacked = attacks.flatMap((kind) =>
    Array.from({ length: plan.victims[kind] }, (_, number) =>
      kind === "stuffing"
        ? stuffing(number, victims(random, people, random.whole(...plan.campaign)), planning)
        : victims(random, people, 1).map((victim) => attackOn(kind, number, victim, planning)),
    ).flat(),
  );
  return [...honest, ...kiosks, ...attacked];
}

function sessionsOf(person: Person, plan: PopulationPlan, planning: Planning): readonly Life[] {
  const count = planning.random.weighted(sessionsEach);
  return Array.from({ length: count }, () => {
    if (person.vpn !== undefined && planning.random.chance(vpnHabit)) {
      const isLeaky = plan.vpn.leaky > 0 && person.homePrefix !== undefined && planning.random.chance(plan.vpn.leaky);
      return honestSession(person, isLeaky ? "ipv6 past a vpn" : "vpn on and off", planning);
    }
    const drawn = planning.random.weighted(plan.churn);
    // Who has one session has no other device in use, and a desktop has no "desktop site".
    const possible =
      (drawn !== "desktop site" || person.device.desktopSite !== undefined) &&
      (drawn !== "player or app" || person.device.beside !== undefined);
    return honestSession(person, possible ? drawn : "none", planning);
  });
}

/** Different people, each of whom has honest sessions too. */
function victims(random: Random, people: readonly Person[], count: number): readonly Person[] {
  const chosen = new Set<Person>();
  while (chosen.size < Math.min(count, people.length)) {
    const one = people[random.whole(0, people.length - 1)];
    if (one !== undefined) chosen.add(one);
  }
  return [...chosen];
}
