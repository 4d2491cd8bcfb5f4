import { grouped } from "../../core/grouped.js";
import { type IndexCheck, ok, wrong } from "../check.js";
import { repairFix } from "../index-facts.js";

/** A part of dead entries beyond which they are told, and a number of entries below which no part says anything. */
const many = 0.5;
const enough = 1000;

/** Whether indexes hold much that means nothing. */
export const indexEntries: IndexCheck = {
  of: "indexes",
  id: "index-entries",
  group: "indexes",
  title: "entries without sessions",
  why: "They mean nothing and go by themselves while sessions are created; until then they take room and time.",
  examine({ scope, counts }) {
    const { entries, deadLive, deadUser, deadFlagged } = counts;
    const dead = deadLive + deadUser + deadFlagged;
    const facts = { scope, entries, live: deadLive, user: deadUser, flagged: deadFlagged };
    const saw = `${grouped(dead)} of ${grouped(entries)} entries${scope === "sample" ? " looked at" : ""}`;
    if (entries < enough || dead / entries <= many) return ok(saw, facts);
    return wrong("warning", saw, facts, repairFix);
  },
};
