import { idOf, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const kib = 1024;
const ordinary = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, n) => session({ id: idOf(n), user: `user ${n}`, bytes }));
const large = (bytes: number) => session({ id: idOf(9999), bytes });

export const oversizedCases: RuleCases = {
  rule: "oversized",
  fires: [
    {
      when: "one is much larger than the others",
      sessions: [...ordinary(20, 500), large(40 * kib)],
      severity: "low",
      finding: { sessions: [idOf(9999)], evidence: { bytes: 40 * kib, limit: 32 * kib } },
    },
    { when: "it is alone of a few", sessions: [...ordinary(1, 500), large(33 * kib)], severity: "low" },
    {
      when: "one is many times as large as large ones",
      sessions: [...ordinary(200, 8 * kib), large(100 * kib)],
      severity: "low",
      finding: { evidence: { limit: 64 * kib } },
    },
  ],
  quiet: [
    { when: "it is smaller than the limit", sessions: [...ordinary(20, 500), large(30 * kib)] },
    { when: "all are large", sessions: ordinary(20, 40 * kib) },
  ],
};
