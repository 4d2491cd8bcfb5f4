import type { Finding } from "./finding.js";
import { showAndRevoke } from "./next-commands.js";
import type { Explanation } from "./rule.js";
import { rules } from "./rules/index.js";

/**
 * A finding in words, with the commands to try next. Has hostile text in it: make it safe before showing it.
 *
 * What is `info` asks nothing of anybody: a command beneath it that ends sessions would be run by whoever runs what a
 * report says. There is one to look at it.
 */
export function explain(finding: Finding): Explanation {
  const rule = rules.find(({ id }) => id === finding.rule);
  const { summary, next } = rule?.explain(finding) ?? { summary: finding.title, next: showAndRevoke(finding) };
  return { summary, next: finding.severity === "info" ? next.filter((command) => !endsSessions(command)) : next };
}

function endsSessions(command: string): boolean {
  return command.startsWith("sessctl revoke ");
}
