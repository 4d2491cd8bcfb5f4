import type { Agent, ClientReader } from "../core/binding.js";
import type { Sighting } from "../core/session.js";

/** A switch of a session from one client to another, and what is new about the other. */
export interface Switch {
  readonly before: Sighting;
  readonly after: Sighting;
  /** The session was never in this network before. */
  readonly newNetwork: boolean;
  /** The session never had this browser family, operating system and form factor together before. */
  readonly newClient: boolean;
  /** How long before this switch the network came (ms): 0 when new, `Infinity` for the network at creation. */
  readonly networkAge: number;
  /** How long before this switch the client came (ms): 0 when new, `Infinity` for the client at creation. */
  readonly clientAge: number;
  /** The client is one seen before in another mode, such as with "request desktop site", in the same version. */
  readonly sameDevice: boolean;
}

/**
 * Compares each sighting with all before it, so that a session going back and forth between two networks, or the
 * rightful client coming back after a stranger, is nothing new.
 *
 * An address that is missing says nothing, and neither does a sighting with nothing in it; a missing user agent differs
 * from any other, since tools can leave it out.
 */
export function switchesOf(sightings: readonly Sighting[], reader: ClientReader): readonly Switch[] {
  const networks = new Map<string, number>();
  const clients = new Map<string, number>();
  const agents: Agent[] = [];
  const switches: Switch[] = [];
  let before: Sighting | undefined;
  for (const after of sightings) {
    if (after.ip === undefined && after.userAgent === undefined) continue;
    const network = after.ip === undefined ? undefined : (reader.network(after.ip) ?? after.ip);
    const agent = after.userAgent === undefined ? undefined : reader.agent(after.userAgent);
    const client = agent === undefined ? "" : clientKey(agent);
    if (before !== undefined) {
      const newNetwork = network !== undefined && networks.size > 0 && !networks.has(network);
      const newClient = !clients.has(client);
      switches.push({
        before,
        after,
        newNetwork,
        newClient,
        networkAge: network === undefined ? Infinity : after.at - (networks.get(network) ?? after.at),
        clientAge: after.at - (clients.get(client) ?? after.at),
        sameDevice: newClient && agent !== undefined && agents.some((known) => isSameDevice(known, agent)),
      });
    }
    if (network !== undefined && !networks.has(network))
      networks.set(network, networks.size === 0 ? -Infinity : after.at);
    if (!clients.has(client)) {
      clients.set(client, clients.size === 0 ? -Infinity : after.at);
      if (agent !== undefined) agents.push(agent);
    }
    before = after;
  }
  return switches;
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
export function isSameDevice(a: Agent, b: Agent): boolean {
  if (a.browser === undefined || a.engine === undefined) return false;
  if (a.browser !== b.browser || a.engine !== b.engine || a.major !== b.major) return false;
  return a.os === b.os || feigns(a, b) || feigns(b, a);
}

function feigns(device: Agent, desktop: Agent): boolean {
  return device.os !== undefined && desktop.form === "desktop" && desktopNames[device.os] === desktop.os;
}
