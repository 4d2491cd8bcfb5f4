import { grouped } from "../core/grouped.js";
import type { IndexCounts, IndexReport } from "../core/indexes.js";
import type { SafeText } from "../core/safe-text.js";
import { say } from "./say.js";

/** What was done about each thing found, and what would be. */
const deeds: readonly (readonly [count: keyof IndexCounts, did: string, would: string])[] = [
  ["missingLive", "sessions added to live", "sessions to be added to live"],
  ["missingUser", "sessions added to their user's index", "sessions to be added to their user's index"],
  ["missingFlag", "sessions flagged", "sessions to be flagged"],
  ["wrongScores", "times corrected", "times to be corrected"],
  ["deadLive", "entries removed from live", "entries to be removed from live"],
  ["deadUser", "entries removed from users' indexes", "entries to be removed from users' indexes"],
  ["deadFlagged", "entries removed from flagged", "entries to be removed from flagged"],
  ["over", "sessions ended that were over", "sessions to be ended that are over"],
];

/** What a repair leaves as it is. */
const leftAlone: readonly (readonly [count: keyof IndexCounts, what: string])[] = [
  ["corrupt", "records that cannot be read"],
  ["strayKeys", "keys that nobody looks for"],
  ["wrongTypes", "keys of another type where an index belongs"],
  ["conflicts", "sessions that kept changing"],
];

/** What a repair did, or would do, in numbers. */
export function repairLines({ counts, stopped }: IndexReport, dryRun: boolean): readonly SafeText[] {
  const number = (name: keyof IndexCounts) => grouped(counts[name]);
  const done = deeds.filter(([name]) => counts[name] > 0);
  const left = leftAlone.filter(([name]) => counts[name] > 0);
  return [
    say`${stopped ? "interrupted after" : "looked at"} ${number("sessions")} sessions and ${number("entries")} entries of indexes`,
    ...done.map(([name, did, would]) => say`  ${number(name)} ${dryRun ? would : did}`),
    ...(done.length === 0 ? [say`  nothing had to be put right`] : []),
    ...left.map(([name, what]) => say`  left as they were: ${number(name)} ${what}`),
  ];
}
