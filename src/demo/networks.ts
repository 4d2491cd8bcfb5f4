import type { Random } from "./random.js";

/** A place that people connect from, with the addresses it gives out. */
export interface Place {
  /** An address there; another one on every call where the place deals them out anew, within the same /24. */
  readonly address: (random: Random) => string;
}

// Two octets each of access providers' networks, all in one country: people who are in two at once would be reported.
const homeRanges = [
  "84.209",
  "81.166",
  "92.220",
  "77.16",
  "85.164",
  "84.210",
  "88.89",
  "79.160",
  "85.165",
  "83.108",
] as const;
const mobileRanges = ["46.212", "178.232", "46.156", "37.253", "2.148", "46.66"] as const;
const officeRanges = ["193.90", "195.159", "193.69", "158.36", "195.204", "129.240"] as const;

/** Networks that strangers come from: those that RFC 5737 sets aside for examples, so that no real one is accused. */
const strangeRanges = ["203.0.113", "198.51.100", "192.0.2"] as const;

/** A household: one address, of either kind, that stays the same. */
export function someHome(random: Random): Place {
  const fixed = random.chance(0.25)
    ? `2001:db8:${hex(random, 0x1000, 0xffff)}:${hex(random, 0x10, 0xff)}::${hex(random, 0x100, 0xffff)}`
    : `${random.pick(homeRanges)}.${random.whole(0, 255)}.${random.whole(2, 254)}`;
  return { address: () => fixed };
}

/** A carrier's gateway, which gives a phone another address of the same /24 every now and then. */
export function someCarrier(random: Random): Place {
  const network = `${random.pick(mobileRanges)}.${random.whole(0, 255)}`;
  return { address: (choice) => `${network}.${choice.whole(2, 254)}` };
}

/** A workplace, with one address for everybody there. */
export function someOffice(random: Random): Place {
  const fixed = `${random.pick(officeRanges)}.${random.whole(0, 255)}.${random.whole(2, 254)}`;
  return { address: () => fixed };
}

/** Where a stolen session is used from. */
export function someStrangePlace(random: Random): Place {
  const fixed = `${random.pick(strangeRanges)}.${random.whole(2, 254)}`;
  return { address: () => fixed };
}

function hex(random: Random, least: number, most: number): string {
  return random.whole(least, most).toString(16);
}
