import type { Agent, ClientReader } from "../core/binding.js";
import type { Sighting } from "../core/session.js";

/** A switch of a session from one client to another, and what is new about the other. */
export interface Switch {
  /** The sighting just before. */
  readonly before: Sighting;
  readonly after: Sighting;
  /** The last earlier sighting that differs from `after` in network and in client; `undefined` when none does. */
  readonly apart: Sighting | undefined;
  /** The session was never in this network before. */
  readonly newNetwork: boolean;
  /** The session never had this browser family, operating system and form factor together before. */
  readonly newClient: boolean;
  /** How long before this switch the network came (ms): 0 when new, `Infinity` for the first one. */
  readonly networkAge: number;
  /** How long before this switch the client came (ms): 0 when new, `Infinity` for the first one. */
  readonly clientAge: number;
  /** The client is one seen before in another mode, such as with "request desktop site", in the same version. */
  readonly sameDevice: boolean;
}

/** A sighting and what it means; `undefined` where it tells nothing. */
interface Known {
  readonly sighting: Sighting;
  readonly network: string | undefined;
  readonly agent: Agent | undefined;
  readonly client: string;
}

/** The client of a sighting with an address but no user agent, as tools can send. */
const unnamed = "";

/**
 * Compares each sighting with all before it, so that a session going back and forth between two networks, or the
 * rightful client coming back after a stranger, is nothing new.
 *
 * A missing address says nothing, nor does a sighting with nothing in it. A missing user agent is new after a named one
 * only: some applications create sessions before they know the browser.
 */
export function switchesOf(sightings: readonly Sighting[], reader: ClientReader): readonly Switch[] {
  const earlier: Known[] = [];
  const networks: (string | undefined)[] = [];
  const clients: string[] = [];
  const switches: Switch[] = [];
  for (const sighting of sightings) {
    if (sighting.ip === undefined && sighting.userAgent === undefined) continue;
    const known = read(sighting, reader);
    const before = earlier.at(-1)?.sighting;
    if (before !== undefined) {
      const networkAge = ageOf(known.network, networks, earlier, sighting.at);
      const clientAge = ageOf(known.client, clients, earlier, sighting.at);
      const newNetwork = networkAge === undefined;
      const newClient = clientAge === undefined;
      switches.push({
        before,
        after: sighting,
        apart: newNetwork || newClient ? earlier.findLast((other) => isApart(other, known))?.sighting : undefined,
        newNetwork,
        newClient,
        networkAge: networkAge ?? 0,
        clientAge: clientAge ?? 0,
        sameDevice: newClient && earlier.some(({ agent }) => isSameDevice(agent, known.agent)),
      });
    }
    earlier.push(known);
    networks.push(known.network);
    clients.push(known.client);
  }
  return switches;
}

/** How long ago a name came: `Infinity` when it is unknown or no name came before it; `undefined` when it is new. */
function ageOf(
  name: string | undefined,
  names: readonly (string | undefined)[],
  earlier: readonly Known[],
  now: number,
): number | undefined {
  if (name === undefined) return Infinity;
  const index = names.indexOf(name);
  const namedBefore = names.findIndex((other) => other !== undefined && other !== unnamed);
  if (index < 0) return namedBefore < 0 ? Infinity : undefined;
  return namedBefore >= 0 && namedBefore < index ? now - (earlier[index]?.sighting.at ?? now) : Infinity;
}

function read(sighting: Sighting, reader: ClientReader): Known {
  const { ip, userAgent } = sighting;
  const agent = userAgent === undefined || userAgent === "" ? undefined : reader.agent(userAgent);
  return {
    sighting,
    network: ip === undefined ? undefined : (reader.network(ip) ?? ip),
    agent,
    client: agent === undefined ? unnamed : clientKey(agent),
  };
}

function isApart(a: Known, b: Known): boolean {
  return a.network !== undefined && b.network !== undefined && a.network !== b.network && a.client !== b.client;
}

/** What has to be equal for two user agents to be one client. */
export function clientKey(agent: Agent): string {
  return `${agent.browser ?? ""}\0${agent.os ?? ""}\0${agent.form}`;
}

/** What a phone or tablet calls its system when asked for the desktop site. */
const desktopNames: Readonly<Record<string, string>> = { Android: "Linux", iOS: "macOS" };

/**
 * Whether two agents may be one browser in two modes: the same family, engine and version, and a system that is the
 * same or the one that phones and tablets feign for "request desktop site" (which changes the form factor too, as
 * unfolding a phone does).
 */
export function isSameDevice(a: Agent | undefined, b: Agent | undefined): boolean {
  if (a?.browser === undefined || b === undefined || a.engine === undefined) return false;
  if (a.browser !== b.browser || a.engine !== b.engine || a.major !== b.major) return false;
  return a.os === b.os || feigns(a, b) || feigns(b, a);
}

function feigns(device: Agent, desktop: Agent): boolean {
  return device.os !== undefined && desktop.form === "desktop" && desktopNames[device.os] === desktop.os;
}
