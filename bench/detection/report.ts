import type { Verdict } from "./judge.js";
import { attacks, churns, unobservable } from "./life.js";
import type { PopulationPlan } from "./population.js";
import { inTenThousand, percent, projectedPrecision } from "./score.js";

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
    "Rules are developed against the first population, which has more VPNs than the second, and more of them at hosters: that is",
    "what is most easily taken for theft (`bench/detection/plans.ts` has the shares and their sources). They are judged by the",
    "second, whose people, countries and mix are others, and which stays as it is: it has neither of two kinds of churn that were",
    "learnt of later (–). An alert about all of a user's sessions counts for an attack on any.",
    "",
    "Missed by design: the perfect clone, of which nothing is to be seen (where an alert names one, it is about something else,",
    "such as how many sessions its owner has), and most of whoever goes on from a hosting network with the victim's own user agent",
    "once the owner is away. That is reported as low: it is one dimension, and looks like a VPN that the owner turned on. While the",
    "owner goes on too, it is found, since the two take turns.",
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
        inTenThousand(one.falseAlerts),
        projected(one),
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
      [
        "rule",
        "alerts",
        "recall",
        "precision",
        "precision at 50",
        "false alerts per 10,000",
        "precision where 1 in 100,000 is attacked",
      ],
      rules.map((one) => [
        `\`${one.name}\``,
        String(one.alerts),
        percent(one.recall),
        percent(one.precision),
        percent(one.precisionAt50),
        inTenThousand(one.falseAlerts),
        projected(one),
      ]),
    ),
    "",
  ];
}

function projected({ recall, falseShare }: Verdict): string {
  const precision = projectedPrecision(recall.share, falseShare.share, prevalence);
  return Number.isNaN(precision) ? "–" : `${(precision * 100).toFixed(2)} %`;
}

function share(value: { readonly hits: number; readonly of: number } | undefined): string {
  return value === undefined || value.of === 0 ? "–" : `${((value.hits / value.of) * 100).toFixed(1)} % of ${value.of}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map((_, n) => (n === 0 ? "---" : "---:")), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
