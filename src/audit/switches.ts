import { areCompanions } from "./companions.js";
import { isSameDevice } from "./same-device.js";
import { isOlder, isOtherCountry, isSameNetwork, type Known, versionOf } from "./facts.js";
import type { Sighting } from "../core/session.js";

/** A switch of a session from one client to another, and what is new about the other. */
export interface Switch {
  /** The sighting just before. */
  readonly before: Known;
  readonly after: Known;
  /** The last earlier sighting that differs from `after` in network and in client; `undefined` when none does. */
  readonly apart: Sighting | undefined;
  /** The session was never in this network (ASN and country; without data the /24, /64) before. */
  readonly newNetwork: boolean;
  /** The session never had this browser family, operating system and form factor together before. */
  readonly newClient: boolean;
  /** How long before this switch the network came (ms): 0 when new, `Infinity` for the first one. */
  readonly networkAge: number;
  /** How long before this switch the client came (ms): 0 when new, `Infinity` for the first one. */
  readonly clientAge: number;
  /** The last country before, where the session was never seen in the present one. */
  readonly countryBefore: string | undefined;
  /** The client may be the device of one seen before: in another mode, such as with "request desktop site", or an app or player beside the browser. */
  readonly sameDevice: boolean;
  /** The sighting before with the highest version of the same client, where this one is older. */
  readonly newerBefore: Known | undefined;
  /** The session was never in this /24 or /64 before, whichever network it is of. */
  readonly newAddress: boolean;
}

/**
 * Compares each sighting with all before it, so that a session going back and forth between two networks, or the
 * rightful client coming back after a stranger, is nothing new.
 *
 * A missing address says nothing. A missing user agent is new after a named one only: some applications create sessions
 * before they know the browser.
 */
export function switchesOf(known: readonly Known[]): readonly Switch[] {
  return known.slice(1).map((after, n) => {
    const earlier = known.slice(0, n + 1);
    const networkAge = networkAgeOf(after, earlier);
    const clientAge = clientAgeOf(after, earlier);
    const newNetwork = networkAge === undefined;
    const newClient = clientAge === undefined;
    return {
      before: known[n] ?? after,
      after,
      apart: newNetwork || newClient ? earlier.findLast((other) => isApart(other, after))?.sighting : undefined,
      newNetwork,
      newClient,
      networkAge: networkAge ?? 0,
      clientAge: clientAge ?? 0,
      countryBefore: countryBefore(after, earlier),
      sameDevice: earlier.some(
        (other) => other.client !== after.client && (isSameDevice(other, after) || areCompanions(other, after)),
      ),
      newerBefore: newClient ? undefined : newerBefore(after, earlier),
      newAddress: after.where !== undefined && earlier.every(({ where }) => where?.network !== after.where?.network),
    };
  });
}

/** How long ago a network came: `Infinity` when it is unknown or was the first; `undefined` when it is new. */
function networkAgeOf({ where, sighting }: Known, earlier: readonly Known[]): number | undefined {
  const first = earlier.findIndex((other) => other.where !== undefined);
  if (where === undefined || first < 0) return Infinity;
  const index = earlier.findIndex((other) => other.where !== undefined && isSameNetwork(other.where, where));
  if (index < 0) return undefined;
  return index > first ? sighting.at - (earlier[index]?.sighting.at ?? sighting.at) : Infinity;
}

function clientAgeOf({ client, sighting }: Known, earlier: readonly Known[]): number | undefined {
  const index = earlier.findIndex((other) => other.client === client);
  const named = earlier.findIndex((other) => other.client !== "");
  if (index < 0) return named < 0 ? Infinity : undefined;
  return named >= 0 && named < index ? sighting.at - (earlier[index]?.sighting.at ?? sighting.at) : Infinity;
}

function countryBefore({ where }: Known, earlier: readonly Known[]): string | undefined {
  if (where?.country === undefined || where.isTrusted) return undefined;
  const told = earlier.filter((other) => other.where?.country !== undefined);
  const isNew = told.every((other) => other.where?.isTrusted === false && isOtherCountry(other.where, where));
  return isNew ? told.at(-1)?.where?.country : undefined;
}

function newerBefore(after: Known, earlier: readonly Known[]): Known | undefined {
  const own = versionOf(after);
  return earlier
    .filter((other) => other.client === after.client && isOlder(own, versionOf(other)))
    .toSorted((a, b) => Number(isOlder(versionOf(a), versionOf(b))))[0];
}

function isApart(a: Known, b: Known): boolean {
  return a.where !== undefined && b.where !== undefined && !isSameNetwork(a.where, b.where) && a.client !== b.client;
}
