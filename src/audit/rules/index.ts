import type { Rule } from "../rule.js";
import { automationClient } from "./automation-client.js";
import { badUserAgent } from "./bad-user-agent.js";
import { clientChange } from "./client-change.js";
import { clientDowngrade } from "./client-downgrade.js";
import { concurrentDistant } from "./concurrent-distant.js";
import { concurrentExcess } from "./concurrent-excess.js";
import { cookieFlags } from "./cookie-flags.js";
import { countryChange } from "./country-change.js";
import { creationBurst } from "./creation-burst.js";
import { fixation } from "./fixation.js";
import { flipFlop } from "./flip-flop.js";
import { hijack } from "./hijack.js";
import { hostingOrigin } from "./hosting-origin.js";
import { idleTooLong } from "./idle-too-long.js";
import { immortal } from "./immortal.js";
import { impossibleTravel } from "./impossible-travel.js";
import { inconsistent } from "./inconsistent.js";
import { ipFanout } from "./ip-fanout.js";
import { networkChange } from "./network-change.js";
import { networkChurn } from "./network-churn.js";
import { overLifetime } from "./over-lifetime.js";
import { oversized } from "./oversized.js";
import { rareProfile } from "./rare-profile.js";
import { replayedToken } from "./replayed-token.js";
import { toolReplay } from "./tool-replay.js";
import { weakId } from "./weak-id.js";

/**
 * Everything an audit looks for.
 *
 * To add a rule: write `rules/<id>.ts` with one `defineRule`, add it here, and its cases as `test/audit/rules/<id>.cases.ts`
 * with a line in `test/audit/rules/index.ts`; the contract suite then tests it. Each session passes the rules in this
 * order, and a switch of clients that one rule explains is left alone by the next: the more telling comes first. The last judges only what the others report.
 */
export const rules: readonly Rule[] = [
  toolReplay,
  flipFlop,
  hijack,
  impossibleTravel,
  clientChange,
  clientDowngrade,
  countryChange,
  networkChange,
  networkChurn,
  replayedToken,
  concurrentDistant,
  concurrentExcess,
  ipFanout,
  creationBurst,
  automationClient,
  hostingOrigin,
  badUserAgent,
  fixation,
  immortal,
  overLifetime,
  idleTooLong,
  weakId,
  cookieFlags,
  oversized,
  inconsistent,
  rareProfile,
];
