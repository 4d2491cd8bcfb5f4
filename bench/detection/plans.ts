import type { PopulationPlan } from "./population.js";

/**
 * The population that rules may be looked at with: one country's service, as the RBA data set is, but for VPNs.
 *
 * Those are what is most easily taken for theft, so there are more of them than anywhere, that rules can be developed
 * against them. A quarter of people say in surveys that they use one (GlobalWebIndex: 26 to 31 %). Of 625 networks (/24)
 * that lists of the servers of five services give (X4BNet/lists_vpn, qdm12/gluetun), 31 % are in those that the audit
 * has for hosting, of one of the services 69 %. Of those who use a VPN for IPv4 only, 5 to 57 % are seen with their own
 * IPv6 address beside it (Cho and Heidemann, "Smoothing Rough Edges of IPv6 in VPNs", IMC 2025). How usual videos and apps
 * are depends on the service: the share of "player or app" is an assumption, that there are such sessions is not
 * (serbanghita/Mobile-Detect#620, tikiatua/internal-assets-plugin#10).
 */
export const development: PopulationPlan = {
  name: "development",
  seed: 20_261_124,
  users: 12_000,
  countries: [
    ["NO", 66],
    ["SE", 8],
    ["DK", 6],
    ["FI", 3],
    ["DE", 5],
    ["GB", 4],
    ["US", 4],
    ["PL", 2],
    ["NL", 1],
    ["IN", 1],
  ],
  vpn: { users: 0.25, hosted: 0.3, leaky: 0.2 },
  churn: [
    ["none", 40],
    ["browser update", 9],
    ["wi-fi and mobile", 14],
    ["carrier nat", 6],
    ["daily renumbering", 5],
    ["ipv4 and ipv6", 4],
    ["ipv6 privacy address", 4],
    ["private relay", 2],
    ["travel", 1.5],
    ["desktop site", 0.5],
    ["player or app", 4],
    ["office egress", 4],
    ["new device", 6],
    ["several at once", 2],
  ],
  victims: {
    naive: 60,
    "vpn in the victim's country": 60,
    "same provider and browser family": 60,
    "tool replay": 60,
    "infostealer from hosting": 60,
    fixation: 60,
    stuffing: 12,
    "replay after logout": 60,
    "perfect clone": 60,
  },
  campaign: [20, 40],
  kiosks: 3,
};

/**
 * The population that results are judged by, kept apart: other people, other countries, another mix, other proportions.
 * Rules are not to be looked at with it.
 */
export const heldOut: PopulationPlan = {
  ...development,
  name: "held out",
  seed: 771_204_913,
  users: 14_000,
  countries: [
    ["GB", 30],
    ["US", 25],
    ["DE", 15],
    ["FR", 10],
    ["NL", 5],
    ["ES", 5],
    ["IT", 5],
    ["BR", 3],
    ["SE", 2],
  ],
  vpn: { users: 0.07, hosted: 0.15, leaky: 0 },
  churn: [
    ["none", 36],
    ["browser update", 12],
    ["wi-fi and mobile", 16],
    ["carrier nat", 8],
    ["daily renumbering", 4],
    ["ipv4 and ipv6", 5],
    ["ipv6 privacy address", 3],
    ["private relay", 3],
    ["travel", 2],
    ["desktop site", 0.6],
    ["office egress", 3],
    ["new device", 5],
    ["several at once", 2.4],
  ],
  campaign: [16, 60],
  kiosks: 4,
};
