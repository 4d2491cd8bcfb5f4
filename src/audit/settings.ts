import { SessctlError } from "../core/errors.js";
import type { Rule } from "./rule.js";
import type { Severity } from "./severity.js";
import type { Trust } from "./facts.js";

/** Thresholds by rule and name: `{ hijack: { settleMs: 600_000 } }`. What is left out has its default. */
export type ThresholdSettings = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What an operator sets beside thresholds; all of it may be left out. */
export interface AuditSettings {
  readonly thresholds?: ThresholdSettings;
  /** The severity of all findings of a rule. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Ids of rules that do not run. */
  readonly disabled?: readonly string[];
  /** How many sessions of a user must be known before what they usually do is known; default 3. */
  readonly learning?: number;
  /** Addresses and networks that are vouched for: findings about them are dropped, and going there is no change. */
  readonly trust?: Trust;
  /** Users whose findings are dropped, such as load tests. */
  readonly trustedUsers?: readonly string[];
  /** Addresses that are reported as `hosting-origin`, such as Tor exits. */
  readonly watched?: (ip: string) => boolean;
}

/** The rules with these ids, in the registry's order; all without ids. Throws `invalid-argument` on an unknown id. */
export function chooseRules(rules: readonly Rule[], ids: readonly string[] | undefined): readonly Rule[] {
  if (ids === undefined) return rules;
  for (const id of ids) ruleNamed(rules, id);
  return rules.filter((rule) => ids.includes(rule.id));
}

/** Checks settings against all rules, chosen or not. Throws `invalid-argument` on names and values that cannot be. */
export function checkSettings(rules: readonly Rule[], settings: ThresholdSettings): void {
  for (const [id, values] of Object.entries(settings)) {
    const rule = ruleNamed(rules, id);
    const names = Object.keys(rule.thresholds);
    for (const [name, value] of Object.entries(values)) {
      if (!names.includes(name)) {
        throw new SessctlError("invalid-argument", `rule ${id} has no threshold ${quoted(name)}`, {
          hint: names.length === 0 ? `${id} has no thresholds.` : `Thresholds of ${id}: ${names.join(", ")}.`,
        });
      }
      checkValue(`${id}.${name}`, value, rule.thresholds[name]?.unit === "share");
    }
  }
}

/** A rule's thresholds as set, else their defaults. */
export function thresholdsOf(rule: Rule, settings: ThresholdSettings): Readonly<Record<string, number>> {
  const own = Object.hasOwn(settings, rule.id) ? settings[rule.id] : undefined;
  return Object.fromEntries(
    Object.entries(rule.thresholds).map(([name, threshold]) => [name, own?.[name] ?? threshold.default]),
  );
}

function ruleNamed(rules: readonly Rule[], id: string): Rule {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) return rule;
  throw new SessctlError("invalid-argument", `there is no audit rule ${quoted(id)}`, {
    hint: `Rules: ${rules.map((known) => known.id).join(", ")}.`,
  });
}

function checkValue(name: string, value: unknown, share: boolean): void {
  const valid = typeof value === "number" && Number.isFinite(value) && value >= 0 && (!share || value <= 1);
  if (valid) return;
  throw new SessctlError("invalid-argument", `threshold ${name} cannot be ${String(value)}`, {
    hint: share ? "It is a share, from 0 to 1." : "It is a number, 0 or more.",
  });
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
