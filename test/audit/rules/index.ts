import type { RuleCases } from "./cases.js";
import { automationClientCases } from "./automation-client.cases.js";
import { badUserAgentCases } from "./bad-user-agent.cases.js";
import { clientChangeCases } from "./client-change.cases.js";
import { clientDowngradeCases } from "./client-downgrade.cases.js";
import { concurrentDistantCases } from "./concurrent-distant.cases.js";
import { concurrentExcessCases } from "./concurrent-excess.cases.js";
import { cookieFlagsCases } from "./cookie-flags.cases.js";
import { countryChangeCases } from "./country-change.cases.js";
import { creationBurstCases } from "./creation-burst.cases.js";
import { fixationCases } from "./fixation.cases.js";
import { flipFlopCases } from "./flip-flop.cases.js";
import { hijackCases } from "./hijack.cases.js";
import { hostingOriginCases } from "./hosting-origin.cases.js";
import { idleTooLongCases } from "./idle-too-long.cases.js";
import { immortalCases } from "./immortal.cases.js";
import { impossibleTravelCases } from "./impossible-travel.cases.js";
import { inconsistentCases } from "./inconsistent.cases.js";
import { ipFanoutCases } from "./ip-fanout.cases.js";
import { networkChangeCases } from "./network-change.cases.js";
import { networkChurnCases } from "./network-churn.cases.js";
import { overLifetimeCases } from "./over-lifetime.cases.js";
import { oversizedCases } from "./oversized.cases.js";
import { rareProfileCases } from "./rare-profile.cases.js";
import { replayedTokenCases } from "./replayed-token.cases.js";
import { toolReplayCases } from "./tool-replay.cases.js";
import { weakIdCases } from "./weak-id.cases.js";

/** The cases of every rule. To add a rule's: write `<id>.cases.ts` beside this file and add it here. */
export const ruleCases: readonly RuleCases[] = [
  toolReplayCases,
  flipFlopCases,
  hijackCases,
  impossibleTravelCases,
  clientChangeCases,
  clientDowngradeCases,
  countryChangeCases,
  networkChangeCases,
  networkChurnCases,
  replayedTokenCases,
  concurrentDistantCases,
  concurrentExcessCases,
  ipFanoutCases,
  creationBurstCases,
  automationClientCases,
  hostingOriginCases,
  badUserAgentCases,
  fixationCases,
  immortalCases,
  overLifetimeCases,
  idleTooLongCases,
  weakIdCases,
  cookieFlagsCases,
  oversizedCases,
  inconsistentCases,
  rareProfileCases,
];
