import type { Verdict } from "./judge.js";
import { attacks, churns, unobservable } from "./life.js";
import type { PopulationPlan } from "./population.js";
import { percent, projectedPrecision } from "./score.js";

/** What came of one population. */
export interface Judged {
  readonly plan: PopulationPlan;
  readonly sessions: number;
  readonly data: readonly { readonly name: string; readonly date: string }[];
  readonly all: Verdict;
  readonly rules: readonly Verdict[];
  readonly baselines: readonly { readonly about: string; readonly verdict: Verdict }[];
}

/** About 1 in 100,000 user-days in the RBA data set (Wiefling et al.: 141 takeovers in 31 million logins). */
const prevalence = 1e-5;

/** The whole report, in Markdown. */
export function reportText(judged: readonly Judged[]): string {
  return [
    "# Detection",
    "",
    "Made by `npm run bench:detection`: generated sessions, lived through the public library in a private Redis under a moved",
    "clock, then audited as `sessctl audit` does. An attack counts as found when an alert of medium severity or more names one",
    "of its sessions; an alert is false when it names honest sessions only. Labels are set when an attack is planned, never by",
    "rules. Intervals are Wilson's, 95 %. The mixes of devices and logins follow the RBA data set; how often each kind of churn",
    "happens is an assumption, so the figures of each kind tell more than the sum.",
    "",
    ...judged.flatMap(section),
  ].join("\n");
}

function section({ plan, sessions, data, all, rules, baselines }: Judged): readonly string[] {
  const everyone = [all, ...baselines.map(({ verdict }) => verdict)];
  return [
    `## The ${plan.name} population`,
    "",
    `${sessions.toLocaleString("en")} sessions, seed ${plan.seed}. Data: ${data.map(({ name, date }) => `${name} (${date})`).join(", ") || "none"}.`,
    "",
    ...table(
      [
        "",
        "recall, observable attacks",
        "precision",
        "precision at 50",
        "false alerts per 10,000 honest sessions",
        "precision where 1 in 100,000 is attacked",
      ],
      everyone.map((one) => [
        one.name,
        percent(one.recall),
        percent(one.precision),
        percent(one.precisionAt50),
        one.falseAlerts.toFixed(1),
        `${(projectedPrecision(one.recall.share, one.falseShare.share, prevalence) * 100).toFixed(2)} %`,
      ]),
    ),
    "",
    ...baselines.map(({ about, verdict }) => `- ${verdict.name}: ${about}.`),
    "",
    "Attacks found:",
    "",
    ...table(
      ["attack", ...everyone.map(({ name }) => name)],
      attacks.map((kind) => {
        const name = kind === unobservable ? `${kind} (nothing of it can be seen: a known miss)` : kind;
        return [name].concat(everyone.map(({ byAttack }) => share(byAttack.get(kind))));
      }),
    ),
    "",
    "Honest sessions that an alert names:",
    "",
    ...table(
      ["churn", ...everyone.map(({ name }) => name)],
      churns.map((kind) => [kind as string].concat(everyone.map(({ byChurn }) => share(byChurn.get(kind))))),
    ),
    "",
    "Each rule by itself, its alerts of medium severity or more:",
    "",
    ...table(
      ["rule", "alerts", "recall", "precision", "false alerts per 10,000"],
      rules.map((one) => [
        `\`${one.name}\``,
        String(one.alerts),
        percent(one.recall),
        percent(one.precision),
        one.falseAlerts.toFixed(1),
      ]),
    ),
    "",
  ];
}

function share(value: { readonly hits: number; readonly of: number } | undefined): string {
  return value === undefined || value.of === 0 ? "–" : `${((value.hits / value.of) * 100).toFixed(1)} % of ${value.of}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map((_, n) => (n === 0 ? "---" : "---:")), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
