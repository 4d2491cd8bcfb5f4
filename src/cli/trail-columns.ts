import { grouped } from "../core/grouped.js";
import type { Done } from "../app/trail.js";
import { formatDuration } from "../core/duration.js";
import { safe, type SafeText } from "../core/safe-text.js";
import { rfc3339 } from "./columns.js";
import type { Column } from "./formats/format.js";
import type { Paint } from "./paint.js";
import { joined, say } from "./say.js";

/** The fields of what an operator did in JSON; a table has those that are for people. */
export const trailColumns: readonly Column<Done>[] = [
  { name: "n", type: "number", about: "number of its beginning in the chain", value: ({ n }) => n },
  {
    name: "at",
    type: "time",
    about: "when it began, by the operator's clock",
    value: ({ at }) => rfc3339(at),
    title: "AT",
    forPeople: { title: "AGO", cell: ({ at }, { now }) => safe(formatDuration(now - at)), align: "right" },
  },
  {
    name: "actor",
    type: "text?",
    about: "who did it: the user and the host of the operating system",
    value: ({ actor }) => actor ?? null,
    forPeople: { title: "WHO", cell: ({ actor }) => safe(actor ?? "-"), least: 8 },
  },
  {
    name: "action",
    type: "text",
    about: "revoke, expire or repair",
    value: ({ deed }) => deed,
    forPeople: { title: "DID", cell: ({ deed }) => safe(deed) },
  },
  {
    name: "count",
    type: "number",
    about: "how many sessions were meant",
    value: ({ count }) => count,
    forPeople: { title: "SESSIONS", cell: ({ count }) => say`${grouped(count)}`, align: "right" },
  },
  {
    name: "selection",
    type: "text?",
    about: "how they were chosen",
    value: ({ selection }) => selection ?? null,
    forPeople: { title: "WHICH", cell: ({ selection }) => safe(selection ?? "-"), least: 8 },
  },
  {
    name: "reason",
    type: "text?",
    about: "why, as the operator said",
    value: ({ reason }) => reason ?? null,
    forPeople: { title: "WHY", cell: ({ reason }) => safe(reason ?? "-"), least: 6 },
  },
  {
    name: "result",
    type: "text",
    about:
      "done, partly, interrupted, failed, or unfinished: it has no end, since it runs still, or was killed or lost Redis",
    value: (done) => resultOf(done),
    forPeople: { title: "RESULT", cell: (done, { paint }) => resultText(done, paint), least: 10 },
  },
  {
    name: "done",
    type: "object",
    about: "how many sessions had which outcome",
    value: ({ end }) => ({ ...end?.done }),
  },
  { name: "left", type: "number?", about: "how many were not come to", value: ({ end }) => end?.left ?? null },
  { name: "stopped", type: "text?", about: "what stopped it", value: ({ end }) => end?.stopped ?? null },
  { name: "endedAt", type: "time?", about: "when its end was written", value: ({ end }) => rfc3339(end?.at) },
  {
    name: "sessionsEndAt",
    type: "time?",
    about: "with expire: when the sessions end",
    value: ({ endsAt }) => rfc3339(endsAt),
  },
  {
    name: "cutoff",
    type: "time?",
    about: "what began before this was ended at once",
    value: ({ cutoff }) => rfc3339(cutoff),
  },
  { name: "layout", type: "text", about: "how the sessions are stored", value: ({ layout }) => layout },
  { name: "ids", type: "texts", about: "the sessions, the first 100 of them", value: ({ ids }) => [...ids] },
  { name: "hash", type: "text?", about: "SHA-256 of the beginning's entry", value: ({ hash }) => hash ?? null },
];

/** What an operator did on one line, for a terminal on which it comes as it happens. */
export function trailLine(done: Done, paint: Paint): SafeText {
  const { at, actor, deed, count, selection, reason } = done;
  const what = say`${deed} ${grouped(count)}`;
  const rest = [selection, reason].filter((part) => part !== undefined).map((part) => safe(part));
  const result = done.end === undefined ? say`begun` : resultText(done, paint);
  return joined([safe(rfc3339(at) ?? "-"), safe(actor ?? "-"), what, ...rest, result], "  ");
}

type Result = "done" | "partly" | "interrupted" | "failed" | "unfinished";

/** Outcomes of sessions that are as they were before. */
const unchanging = ["failed", "gone", "unchanged"];

function resultOf({ end }: Done): Result {
  if (end === undefined) return "unfinished";
  if (end.stopped === "interrupted") return "interrupted";
  const isChange = ([outcome, count]: readonly [string, number]) => !unchanging.includes(outcome) && count > 0;
  const changed = Object.entries(end.done).some(isChange);
  const failed = (end.done["failed"] ?? 0) + end.left > 0 || end.stopped !== undefined;
  return failed ? (changed ? "partly" : "failed") : "done";
}

function resultText(done: Done, paint: Paint): SafeText {
  const result = resultOf(done);
  // Whoever was killed writes no end: that looks like one who is at it still.
  if (done.end === undefined) return paint("warning", say`no end: runs still, or was killed`);
  const { done: outcomes, left, stopped } = done.end;
  const counts = Object.entries({ ...outcomes, ...(left > 0 ? { left } : {}) });
  const text = counts.map(([outcome, count]) => `${grouped(count)} ${outcome}`).join(", ");
  const why = stopped === undefined ? "" : `${text === "" ? "" : ": "}${stopped}`;
  return result === "done" ? safe(text) : paint("warning", safe(`${text}${why}`));
}
