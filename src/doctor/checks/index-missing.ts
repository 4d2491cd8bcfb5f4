import { type IndexCheck, ok, wrong } from "../check.js";
import { ofNone, ofSessions, repairFix } from "../index-facts.js";

/** Whether every session is found by the indexes. */
export const indexMissing: IndexCheck = {
  of: "indexes",
  id: "index-missing",
  group: "indexes",
  title: "sessions without entries",
  why: "A session that no index has is valid, and missed when its user is revoked, in every list and in every audit.",
  examine(indexes) {
    const { missingLive, missingUser, missingFlag } = indexes.counts;
    const facts = { scope: indexes.scope, live: missingLive, user: missingUser, flagged: missingFlag };
    const most = Math.max(missingLive, missingUser);
    if (most === 0 && missingFlag === 0) return ok(ofNone(indexes), facts);
    const parts = [
      ...(missingLive > 0 ? [`${missingLive} in live`] : []),
      ...(missingUser > 0 ? [`${missingUser} in their user's`] : []),
      ...(missingFlag > 0 ? [`${missingFlag} in flagged`] : []),
    ];
    const saw = `${ofSessions(Math.max(most, missingFlag), indexes)}: missing are ${parts.join(", ")}`;
    const verdict = most > 0 ? "failure" : "warning";
    return { ...wrong(verdict, saw, facts, repairFix), sessions: indexes.examples.missing };
  },
};
