import type { Client } from "../../src/core/session.js";
import type { Random } from "../../src/demo/random.js";
import type { Device } from "./devices.js";
import { type Act, type Churn, dayMs, hourMs, type Life, minuteMs, spanMs } from "./life.js";
import { ipv4, ipv6In, type Place, type World } from "./networks.js";
import type { Person } from "./person.js";

/** What honest sessions go through, as likely as its weight. */
export type ChurnMix = readonly [readonly [Churn, number], ...(readonly [Churn, number])[]];

/** What planning needs. */
export interface Planning {
  readonly random: Random;
  readonly world: World;
  /** Workplaces with one address for everybody there, in the countries of their people. */
  readonly offices: readonly { readonly place: Place; readonly address: string }[];
}

/** When the requests of one session come, oldest first: some days with some requests close together. */
function requestTimes(random: Random): number[] {
  const createdAt = spanMs - random.skewed(20 * minuteMs, spanMs - hourMs);
  const times = [createdAt];
  const days = random.whole(1, Math.max(1, Math.min(5, Math.floor((spanMs - createdAt) / dayMs))));
  for (let day = 0; day < days; day++) {
    let at = createdAt + ((spanMs - createdAt) / days) * (day + random.fraction());
    for (let n = random.whole(1, 4); n > 0 && at < spanMs - minuteMs; n--) {
      times.push(Math.round(at));
      at += random.skewed(20_000, 40 * minuteMs);
    }
  }
  return times.map(Math.round).toSorted((a, b) => a - b);
}

/** A client for each request, by what the session goes through. */
type ClientAt = (n: number, at: number) => Client;

function steady(person: Person, device: Device): ClientAt {
  const client = { ip: person.homeAddress, userAgent: device.userAgent(0) };
  return () => client;
}

function clientsOf(
  churn: Churn,
  person: Person,
  device: Device,
  planning: Planning,
  times: readonly number[],
): ClientAt {
  const { random, world } = planning;
  const userAgent = device.userAgent(0);
  const turn = random.whole(1, Math.max(1, times.length - 1));
  const home = { ip: person.homeAddress, userAgent };
  const carried = () => ({ ip: ipv4(random, person.carrier), userAgent });
  switch (churn) {
    case "browser update": {
      const after = device.userAgent(
        random.weighted([
          [1, 60],
          [2, 20],
          [3, 8],
          [5, 7],
          [8, 5],
        ]),
      );
      return (n) => (n < turn ? home : { ...home, userAgent: after });
    }
    case "wi-fi and mobile": {
      let outside = random.chance(0.5);
      let client = outside ? carried() : home;
      return () => {
        if (random.chance(0.45)) {
          outside = !outside;
          client = outside ? carried() : home;
        }
        return client;
      };
    }
    case "carrier nat":
      return carried;
    case "daily renumbering": {
      const addresses = new Map<number, string>();
      return (_, at) => {
        const day = Math.floor(at / dayMs);
        if (!addresses.has(day)) addresses.set(day, ipv4(random, person.home));
        return { ip: addresses.get(day), userAgent };
      };
    }
    case "ipv4 and ipv6": {
      const six = person.homePrefix === undefined ? ipv4(random, person.home) : ipv6In(random, person.homePrefix);
      return () => (random.chance(0.5) ? home : { ip: six, userAgent });
    }
    case "ipv6 privacy address":
      return () => ({
        ip: person.homePrefix === undefined ? person.homeAddress : ipv6In(random, person.homePrefix),
        userAgent,
      });
    case "vpn on and off": {
      const tunnel = { ip: ipv4(random, person.vpn ?? person.carrier), userAgent };
      let on = random.chance(0.3);
      return () => {
        if (random.chance(0.4)) on = !on;
        return on ? tunnel : home;
      };
    }
    case "ipv6 past a vpn": {
      // The tunnel takes IPv4 only, and which of the two a browser connects by changes from request to request.
      const tunnel = { ip: ipv4(random, person.vpn ?? person.carrier), userAgent };
      const past = { ip: person.homePrefix === undefined ? tunnel.ip : ipv6In(random, person.homePrefix), userAgent };
      return (n) => (n < turn ? home : random.chance(0.5) ? tunnel : past);
    }
    case "private relay": {
      const egress = () => ipv4(random, world.place(random, ["relay"], person.country));
      let ip = egress();
      return () => {
        if (random.chance(0.3)) ip = egress();
        return { ip, userAgent };
      };
    }
    case "travel": {
      const place = world.abroad(random, ["isp", "mobile"], person.country);
      const there = { ip: ipv4(random, place), userAgent };
      return (n) => (n < turn ? home : there);
    }
    case "desktop site": {
      const asked = device.desktopSite?.(0) ?? userAgent;
      const back = turn + random.whole(1, 3);
      return (n) => (n >= turn && n < back ? { ...home, userAgent: asked } : home);
    }
    case "player or app": {
      // What else the device sends with the session's cookie, often right after the browser and wherever it is.
      const beside = device.beside ?? userAgent;
      const at =
        person.device.form === "mobile" ? clientsOf("wi-fi and mobile", person, device, planning, times) : () => home;
      return (n, time) => ({ ip: at(n, time).ip, userAgent: random.chance(0.5) ? beside : userAgent });
    }
    case "office egress": {
      const near = planning.offices.filter(({ place }) => place.country === person.country);
      const office = near[random.whole(0, near.length - 1)] ?? planning.offices[0];
      const atWork = { ip: office?.address ?? person.homeAddress, userAgent };
      return (_, at) => (Math.floor(at / (dayMs / 3)) % 3 === 1 ? atWork : home);
    }
    default:
      return steady(person, device);
  }
}

function lifeOf(person: Person, churn: Churn, times: readonly number[], clientAt: ClientAt): Life {
  const acts = times.map((at, n): Act => ({ at, does: n === 0 ? "sign-in" : "request", client: clientAt(n, at) }));
  return { user: person.user, acts, churn, attack: undefined };
}

/** One honest session. */
export function honestSession(person: Person, churn: Churn, planning: Planning): Life {
  const { random, world } = planning;
  const times = requestTimes(random);
  if (churn === "new device") {
    const away = random.chance(0.3);
    const there = away
      ? { ...person, homeAddress: ipv4(random, world.place(random, ["isp"], person.country)) }
      : person;
    return lifeOf(person, churn, times, steady(there, person.second));
  }
  if (churn === "several at once") {
    // A device that moves between networks and is updated on the way; as rarely as the two meet, one shown the "desktop site".
    const moving = clientsOf(
      random.pick(person.vpn === undefined ? ["wi-fi and mobile", "travel"] : ["wi-fi and mobile", "vpn on and off"]),
      person,
      person.device,
      planning,
      times,
    );
    const changing = clientsOf(
      random.weighted([
        ["browser update", 92],
        ["desktop site", 8],
      ]),
      person,
      person.device,
      planning,
      times,
    );
    return lifeOf(person, churn, times, (n, at) => ({ ip: moving(n, at).ip, userAgent: changing(n, at).userAgent }));
  }
  return lifeOf(person, churn, times, clientsOf(churn, person, person.device, planning, times));
}

/** A machine in a library that one person after the other signs in at, and forgets to sign out of. */
export function kiosk(people: readonly Person[], { random, world }: Planning): readonly Life[] {
  const [first] = people;
  if (first === undefined) return [];
  const client = {
    ip: ipv4(random, world.place(random, ["office", "isp"], first.country)),
    userAgent: first.second.userAgent(0),
  };
  const start = spanMs - random.skewed(2 * hourMs, 3 * dayMs);
  return people.map((person, n) => {
    const at = Math.round(start + n * random.skewed(4 * minuteMs, 12 * minuteMs));
    const times = [at, at + random.whole(20_000, 3 * minuteMs)];
    return lifeOf(person, "shared kiosk", times, () => client);
  });
}
