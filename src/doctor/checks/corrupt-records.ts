import { type IndexCheck, ok, wrong } from "../check.js";
import { ofNone, ofSessions } from "../index-facts.js";

/** Whether every record can be read. */
export const corruptRecords: IndexCheck = {
  of: "indexes",
  id: "corrupt-records",
  group: "indexes",
  title: "records that cannot be read",
  why: "Somebody else writes under these keys, or a newer release does: its sessions are none for this one.",
  examine(indexes) {
    const { corrupt } = indexes.counts;
    const facts = { scope: indexes.scope, corrupt };
    if (corrupt === 0) return ok(ofNone(indexes), facts);
    const [example = ""] = indexes.examples.corrupt;
    const fix = [
      { in: "shell", text: `sessctl show ${example.slice(0, 12)}` },
      { in: "shell", text: "sessctl doctor --check corrupt-records --full -o id | sessctl revoke - --dry-run" },
      { in: "words", text: "The first tells why; the second names some of them, to be ended without --dry-run." },
    ] as const;
    return { ...wrong("warning", ofSessions(corrupt, indexes), facts, fix), sessions: indexes.examples.corrupt };
  },
};
