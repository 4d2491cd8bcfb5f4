import { headOf } from "../clients/head.js";
import { clientLabel } from "../clients/label.js";
import type { ClientReader } from "../core/binding.js";
import type { Sighting } from "../core/session.js";

/** A sighting in a finding. */
export type ClientEvidence = {
  readonly at: number | null;
  readonly ip: string | null;
  /** The /24 or /64 of the address. */
  readonly network: string | null;
  readonly userAgent: string | null;
  /** The user agent in short: `Chrome 154 Windows`. */
  readonly client: string;
};

/** Longest texts kept in a finding, so that a report stays small whatever clients send. */
const maxUserAgent = 512;
const maxAddress = 96;

/** What a finding keeps of a sighting. */
export function clientEvidence(sighting: Sighting, reader: ClientReader): ClientEvidence {
  const { at, ip, userAgent } = sighting;
  return {
    at: Number.isFinite(at) ? at : null,
    ip: ip === undefined ? null : headOf(ip, maxAddress),
    network: ip === undefined ? null : (reader.network(ip) ?? null),
    userAgent: userAgent === undefined ? null : headOf(userAgent, maxUserAgent),
    client: clientLabel(userAgent, reader),
  };
}

/** A sighting in a sentence: `Chrome 154 Windows (203.0.113.7)`. */
export function inWords({ client, ip }: ClientEvidence): string {
  return `${client === "?" ? "an unknown client" : client} (${ip ?? "address unknown"})`;
}
