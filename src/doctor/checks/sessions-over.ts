import { type IndexCheck, ok, wrong } from "../check.js";
import { ofNone, ofSessions, repairFix } from "../index-facts.js";

/** A part of sessions that are over beyond which they are told, and a number of sessions below which no part says anything. */
const many = 0.2;
const enough = 1000;

/** Whether much is stored that is over. */
export const sessionsOver: IndexCheck = {
  of: "indexes",
  id: "sessions-over",
  group: "indexes",
  title: "sessions that are over",
  why: "No application accepts them; they take room until their idle window ends, as after a cutoff.",
  examine(indexes) {
    const { over, sessions } = indexes.counts;
    const facts = { scope: indexes.scope, over, sessions };
    if (over === 0) return ok(ofNone(indexes), facts);
    if (sessions < enough || over / sessions <= many) return ok(ofSessions(over, indexes), facts);
    return wrong("warning", ofSessions(over, indexes), facts, repairFix);
  },
};
