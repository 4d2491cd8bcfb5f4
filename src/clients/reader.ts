import type { ClientReader } from "../core/binding.js";
import { readAgent } from "./agent.js";
import { boundedCache } from "./bounded-cache.js";
import { headOf } from "./head.js";
import { network4, networkOf } from "./network.js";

/** Characters of a user agent that are read; browsers send 100 to 300, and ua-parser-js reads 500. */
const maxReadLength = 512;

/** Distinct strings remembered of each kind: at 512 characters a few MB at the most. */
const rememberedAgents = 8192;
const rememberedNetworks = 8192;

/** A reader of addresses and user agents that parses each distinct string once, in bounded memory. */
export function createClientReader(): ClientReader {
  const agent = boundedCache(rememberedAgents, readAgent);
  const network = boundedCache(rememberedNetworks, networkOf);
  return {
    agent: (userAgent) => agent(headOf(userAgent, maxReadLength)),
    // IPv4 is read faster than looked up.
    network: (ip) => network4(ip) ?? (ip.length > maxReadLength ? undefined : network(ip)),
  };
}
