import { isSameNetwork, type Whereabouts } from "./facts.js";
import { isIpv4Network } from "./network-number.js";
import type { Threshold } from "./rule.js";
import type { SeenSession } from "./seen-session.js";
import type { Switch } from "./switches.js";

/** Within what time a session goes to a network, back, and there again, so that two must hold it. */
export const turnsThreshold: Threshold = {
  default: 10 * 60_000,
  unit: "ms",
  means: "within what time a hosting network and one of people take turns",
};

/**
 * Whether a network that a session came to takes turns with one of people, A B A B: two holders of one token come between
 * each other's requests, where one person's VPN is turned on for a while.
 *
 * One turn is not enough: who turns a VPN on, and off again since the site does not work through it, makes A B A. Nor are
 * IPv4 in one and IPv6 in the other: a VPN that takes IPv4 only lets IPv6 past, which 5 to 57 % of the users of such VPNs
 * are seen with (Cho and Heidemann, "Smoothing Rough Edges of IPv6 in VPNs", IMC 2025).
 */
export function takesTurns({ known }: SeenSession, { after }: Switch, windowMs: number): boolean {
  const there = after.where;
  if (there === undefined || known.length < 4) return false;
  /** When the session came to the network while it was at people's: the last time, and before. */
  let cameAt: number | undefined;
  let isAway = false;
  for (const { where, sighting } of known) {
    if (where === undefined) continue;
    if (!isSameNetwork(where, there)) {
      if (isOfPeople(where) && isIpv6(where) === isIpv6(there)) isAway = true;
      continue;
    }
    if (!isAway) continue;
    isAway = false;
    const withinMs = sighting.at - (cameAt ?? Number.NaN);
    if (withinMs >= 0 && withinMs <= windowMs) return true;
    cameAt = sighting.at;
  }
  return false;
}

function isIpv6({ network }: Whereabouts): boolean {
  return !isIpv4Network(network);
}

/** Whether people are customers of a network, rather than servers, VPNs or relays. */
function isOfPeople({ kind }: Whereabouts): boolean {
  return kind === undefined;
}
