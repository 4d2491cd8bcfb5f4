import type { Rule } from "../rule.js";
import { badUserAgent } from "./bad-user-agent.js";
import { clientChange } from "./client-change.js";
import { concurrentExcess } from "./concurrent-excess.js";
import { hijack } from "./hijack.js";
import { immortal } from "./immortal.js";
import { inconsistent } from "./inconsistent.js";
import { networkChange } from "./network-change.js";

/**
 * Everything an audit looks for.
 *
 * To add a rule: write `rules/<id>.ts` with one `defineRule`, add it here, and its cases as `test/audit/rules/<id>.cases.ts`
 * with a line in `test/audit/rules/index.ts`; the contract suite then tests it. Each session passes the rules in this
 * order, and a switch of clients that one rule explains is left alone by the next: the more telling comes first.
 */
export const rules: readonly Rule[] = [
  hijack,
  clientChange,
  networkChange,
  concurrentExcess,
  immortal,
  badUserAgent,
  inconsistent,
];
