import { grouped } from "../core/grouped.js";
import type { IndexReport } from "../core/indexes.js";
import type { Step } from "./check.js";

/** Carries out what `--repair` is for. */
export const repairFix: readonly Step[] = [{ in: "shell", text: "sessctl doctor --repair" }];

/** `3 of 1,000 sessions looked at`, and how to look at all of them. */
export function ofSessions(count: number, { scope, counts }: IndexReport): string {
  const all = `${grouped(counts.sessions)} sessions`;
  return `${grouped(count)} of ${all}${scope === "sample" ? " looked at (--full looks at all)" : ""}`;
}

/** What is said where nothing is wrong. */
export function ofNone({ scope, counts }: IndexReport): string {
  if (counts.sessions === 0) return "there are no sessions";
  return `none of ${grouped(counts.sessions)} sessions${scope === "sample" ? " looked at" : ""}`;
}
