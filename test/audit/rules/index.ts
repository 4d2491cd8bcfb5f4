import { badUserAgentCases } from "./bad-user-agent.cases.js";
import type { RuleCases } from "./cases.js";
import { clientChangeCases } from "./client-change.cases.js";
import { concurrentExcessCases } from "./concurrent-excess.cases.js";
import { hijackCases } from "./hijack.cases.js";
import { immortalCases } from "./immortal.cases.js";
import { inconsistentCases } from "./inconsistent.cases.js";
import { networkChangeCases } from "./network-change.cases.js";

/** The cases of every rule. To add a rule's: write `<id>.cases.ts` beside this file and add it here. */
export const ruleCases: readonly RuleCases[] = [
  hijackCases,
  clientChangeCases,
  networkChangeCases,
  concurrentExcessCases,
  immortalCases,
  badUserAgentCases,
  inconsistentCases,
];
