import type { Random } from "../../src/demo/random.js";
import { type Device, someComputer, someDevice } from "./devices.js";
import { household, ipv4, type Place, type World } from "./networks.js";

/** Somebody with an account, where they are, and with what. */
export interface Person {
  readonly user: string;
  readonly country: string;
  readonly home: Place;
  readonly carrier: Place;
  readonly homeAddress: string;
  /** The /64 of their household, if they have IPv6. */
  readonly homePrefix: string | undefined;
  /** Where the VPN comes out that they have, if they have one. */
  readonly vpn: Place | undefined;
  readonly device: Device;
  readonly second: Device;
}

/** Where users live, in hundredths: one country's service with its neighbours, and the rest of the world. */
export type Countries = readonly [readonly [string, number], ...(readonly [string, number])[]];

/** How usual VPNs are, in shares. */
export interface VpnUse {
  /** People who have one. */
  readonly users: number;
  /** Of theirs, those that come out at a hoster. */
  readonly hosted: number;
  /** Of theirs, where the household has IPv6, those that let it past. */
  readonly leaky: number;
}

export function somePerson(
  random: Random,
  world: World,
  { countries, vpn }: { readonly countries: Countries; readonly vpn: VpnUse },
  number: number,
): Person {
  const country = random.weighted(countries);
  const home = world.place(random, ["isp"], country);
  // A carrier that is the access provider too, or another one.
  const carrier = random.chance(0.3) ? home : world.place(random, ["mobile", "isp"], country, home);
  const prefix = random.chance(0.4) ? household(random, home) : undefined;
  return {
    user: `user-${number}`,
    country,
    home,
    carrier,
    homeAddress: ipv4(random, home),
    homePrefix: prefix,
    vpn: random.chance(vpn.users) ? someVpn(random, world, country, vpn) : undefined,
    device: someDevice(random),
    second: random.chance(0.5) ? someComputer(random) : someDevice(random),
  };
}

/** Most VPNs come out in networks that sell to VPNs; some at any hoster, as those do that companies and hobbyists run. */
function someVpn(random: Random, world: World, country: string, { hosted }: VpnUse): Place {
  const kind = random.chance(1 - hosted) ? "vpn" : "hosting";
  return world.place(random, [kind], random.chance(0.6) ? country : undefined);
}
