import { idOf, idStatistics, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const ids = (make: (n: number) => string, count = 500) =>
  idStatistics(Array.from({ length: count }, (_, n) => make(n)));
const hex = (n: number, length: number) => (idOf(n) + idOf(n + 100_000)).slice(0, length);

export const weakIdCases: RuleCases = {
  rule: "weak-id",
  fires: [
    {
      when: "ids have eight hexadecimal characters",
      sessions: [session()],
      idStatistics: ids((n) => hex(n, 8)),
      severity: "high",
      finding: { sessions: [idOf(0)], user: null, evidence: { ids: 500, length: 8, isOrdered: false } },
    },
    {
      when: "ids are a counter",
      sessions: [session()],
      idStatistics: ids((n) => String(n).padStart(32, "0")),
      severity: "high",
    },
    {
      when: "ids have as many as a UUID has at random",
      sessions: [session()],
      idStatistics: ids((n) => hex(n, 30)),
      severity: "info",
    },
    {
      when: "there are few, and short ones",
      sessions: [session()],
      idStatistics: ids((n) => hex(n, 8), 5),
      severity: "high",
    },
  ],
  quiet: [
    { when: "ids are long and random", sessions: [session()], idStatistics: ids((n) => hex(n, 40)) },
    { when: "there are few, and long ones", sessions: [session()], idStatistics: ids((n) => hex(n, 40), 5) },
    { when: "the layout keeps none", sessions: [session()] },
  ],
};
