import { estimateEntropy } from "../entropy.js";
import { listAll } from "../next-commands.js";
import { defineRule } from "../rule.js";

type Evidence = {
  /** Bits of entropy of one id, as estimated from how its characters are spread. */
  readonly bits: number;
  readonly ids: number;
  readonly length: number;
  /** Whether ids grow with time, as ULIDs and UUIDs of version 7 do, and counters. */
  readonly isOrdered: boolean;
};

/** Ids, as applications send them, that could be guessed. */
export const weakId = defineRule<"weakBits" | "wantedBits" | "ids" | "orderedShare", Evidence>({
  id: "weak-id",
  title: "session ids can be guessed",
  fires: "a layout's ids, estimated from how their characters are spread, have too little entropy",
  misses:
    "An estimate from above: characters that are spread evenly but computed, as from a clock, look random. Of sessctl's own layout nothing can be said, since no token is stored; it is 192 bits.",
  severity: "high",
  otherwise: { info: "below 128 bits, and not below 64" },
  needs: ["idStatistics"],
  comparesWithAll: true,
  thresholds: {
    weakBits: { default: 64, unit: "bits", means: "fewer are high" },
    wantedBits: { default: 128, unit: "bits", means: "fewer are told" },
    ids: { default: 200, unit: "ids", means: "with fewer ids length and alphabet alone are judged" },
    orderedShare: {
      default: 0.95,
      unit: "share",
      means: "the share of pairs in order from which ids count as ordered",
    },
  },
  mapsTo: ["ASVS 7.2.3", "CWE-331"],

  start: ({ thresholds, report }) => {
    const samples: string[] = [];
    return {
      see({ session: { id } }) {
        if (samples.length < 20) samples.push(id);
      },
      end(ids) {
        if (ids === undefined || ids.ids === 0) return;
        const bits = estimateEntropy(ids, thresholds.ids);
        // Order alone is no weakness: ULIDs grow with time and have 80 random bits beside it.
        if (bits >= thresholds.wantedBits) return;
        const share = ids.ascendingShare ?? 0.5;
        report({
          subject: "ids",
          severity: bits < thresholds.weakBits ? "high" : "info",
          sessions: samples.toSorted(),
          evidence: () => ({
            bits: Math.round(bits * 10) / 10,
            ids: ids.ids,
            length: ids.usualLength,
            isOrdered: Math.max(share, 1 - share) >= thresholds.orderedShare,
          }),
        });
      },
    };
  },

  explain: (finding) => {
    const { bits, ids, length, isOrdered } = finding.evidence;
    return {
      summary:
        `Ids of ${length} characters have about ${bits} bits of entropy, by ${ids} of them${isOrdered ? ", and grow with time" : ""}: ` +
        "ASVS 5.0 asks for 128 from a cryptographically secure source. Have the application make longer ones.",
      next: listAll(),
    };
  },
});
