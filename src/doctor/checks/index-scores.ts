import { type IndexCheck, ok, wrong } from "../check.js";
import { ofNone, ofSessions, repairFix } from "../index-facts.js";

/** Whether entries have the times of their sessions. */
export const indexScores: IndexCheck = {
  of: "indexes",
  id: "index-scores",
  group: "indexes",
  title: "entries with wrong times",
  why: "By a wrong time a session is listed out of order; a user's index that ends too soon forgets sessions that go on.",
  examine(indexes) {
    const { wrongScores } = indexes.counts;
    const facts = { scope: indexes.scope, wrong: wrongScores };
    if (wrongScores === 0) return ok(ofNone(indexes), facts);
    return wrong("warning", ofSessions(wrongScores, indexes), facts, repairFix);
  },
};
