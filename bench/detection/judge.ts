import { type AuditReport, isAtLeast } from "../../src/audit/index.js";
import type { DirectorySession } from "../../src/core/ports.js";
import type { Baseline } from "./baselines.js";
import type { Lived } from "./drive.js";
import { type Attack, attacks, type Churn, churns, unobservable } from "./life.js";
import { type Share, wilson } from "./score.js";

/** Whatever raises alerts: our rules together, one of them, or a baseline. An alert is the ids of the sessions it names. */
export interface Alerting {
  readonly name: string;
  readonly alerts: readonly (readonly string[])[];
}

/** How something did against the truth. */
export interface Verdict {
  readonly name: string;
  readonly alerts: number;
  /** Attacks found among those of which something can be seen. */
  readonly recall: Share;
  readonly byAttack: ReadonlyMap<Attack, Share>;
  /** Alerts that name an attacked session. */
  readonly precision: Share;
  /** Of the first 50 alerts. */
  readonly precisionAt50: Share;
  /** Alerts that name honest sessions only, by the number of honest sessions. */
  readonly falseAlerts: Share;
  /** Honest sessions in such alerts, of all honest ones of the kind. */
  readonly byChurn: ReadonlyMap<Churn, Share>;
  /** Honest sessions in such alerts, of all honest ones. */
  readonly falseShare: Share;
}

/** What a run is judged by. */
export class Truth {
  readonly #lived: readonly Lived[];
  readonly #byId = new Map<string, Lived>();
  readonly honest: number;

  constructor(lived: readonly Lived[]) {
    this.#lived = lived;
    for (const one of lived) for (const id of one.ids) this.#byId.set(id, one);
    this.honest = lived.filter(({ life }) => life.attack === undefined).length;
  }

  /** Judges alerts, given in the order in which they would be looked at. */
  judge({ name, alerts }: Alerting): Verdict {
    const found = new Set<string>();
    const accused = new Set<Lived>();
    const right: boolean[] = [];
    for (const ids of alerts) {
      const named = ids.flatMap((id) => this.#byId.get(id) ?? []);
      const attacked = named.filter(({ life }) => life.attack !== undefined);
      right.push(attacked.length > 0);
      for (const { life } of attacked) found.add(`${life.attack?.kind} ${life.attack?.number}`);
      if (attacked.length === 0) for (const one of named) accused.add(one);
    }
    const wrong = right.filter((hit) => !hit).length;
    const byAttack = new Map(attacks.map((kind) => [kind, this.#recall(found, [kind])]));
    return {
      name,
      alerts: alerts.length,
      recall: this.#recall(
        found,
        attacks.filter((kind) => kind !== unobservable),
      ),
      byAttack,
      precision: wilson(right.length - wrong, right.length),
      precisionAt50: wilson(right.slice(0, 50).filter((hit) => hit).length, Math.min(50, right.length)),
      falseAlerts: wilson(wrong, this.honest),
      byChurn: new Map(
        churns.map((churn) => {
          const all = this.#lived.filter(({ life }) => life.attack === undefined && life.churn === churn);
          return [churn, wilson(all.filter((one) => accused.has(one)).length, all.length)];
        }),
      ),
      falseShare: wilson(accused.size, this.honest),
    };
  }

  #recall(found: ReadonlySet<string>, kinds: readonly Attack[]): Share {
    const all = new Set(
      this.#lived.flatMap(({ life: { attack } }) =>
        attack !== undefined && kinds.includes(attack.kind) ? [`${attack.kind} ${attack.number}`] : [],
      ),
    );
    return wilson([...all].filter((attack) => found.has(attack)).length, all.size);
  }
}

/** What an operator looks at: findings of medium severity or more, the most severe first. */
export function alertsOf({ findings }: AuditReport, rule?: string): readonly (readonly string[])[] {
  return findings
    .filter((finding) => isAtLeast(finding.severity, "medium") && (rule === undefined || finding.rule === rule))
    .map(({ sessions }) => sessions);
}

export function baselineAlerts(
  { alerts }: Baseline,
  sessions: readonly DirectorySession[],
): readonly (readonly string[])[] {
  return sessions.filter(alerts).map(({ id }) => [id]);
}
