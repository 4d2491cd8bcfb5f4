import type { Finding } from "./finding.js";
import { showAndRevoke } from "./next-commands.js";
import type { Explanation } from "./rule.js";
import { rules } from "./rules/index.js";

/** A finding in words, with the commands to try next. Has hostile text in it: make it safe before showing it. */
export function explain(finding: Finding): Explanation {
  const rule = rules.find(({ id }) => id === finding.rule);
  return rule?.explain(finding) ?? { summary: finding.title, next: showAndRevoke(finding) };
}
