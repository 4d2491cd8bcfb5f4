import type { SessionEvent } from "../../core/event.js";
import type { DirectorySession } from "../../core/ports.js";
import type { SessionId } from "../../core/token.js";
import type { AuditOptions } from "../engine.js";
import { IdList } from "../id-list.js";
import { LayoutSessions, type Violations } from "./layout-sessions.js";
import type { Policy } from "./policy.js";
import type { PolicyReport } from "./policy-report.js";
import type { Observed, Requirement } from "./requirement.js";
import { requirements } from "./requirements/index.js";

/** Most sessions that a verdict names. */
const named = 20;

/** Judges a policy on a walk over the sessions, those of each layout apart: hand it what an audit is handed, then ask once. */
export class PolicyAudit {
  readonly #policy: Policy;
  readonly #options: AuditOptions;
  readonly #chosen: readonly Requirement[];
  readonly #byLayout = new Map<string, LayoutSessions>();
  readonly #seen = new IdList();
  readonly #late = new Set<SessionId>();
  readonly #violations: Violations = {
    onSeen: (id) => {
      this.#seen.add(id);
    },
    onLate: (id) => this.#late.add(id),
  };

  /** `options.layout` may name several, with commas. */
  constructor(policy: Policy, options: AuditOptions) {
    this.#policy = policy;
    this.#options = options;
    this.#chosen = requirements.filter(({ id }) => policy.requirements.includes(id));
    for (const layout of options.layout.split(", ")) this.#of(layout);
  }

  hear(event: SessionEvent): void {
    for (const sessions of this.#byLayout.values()) sessions.hear(event);
  }

  see(session: DirectorySession): void {
    this.#of(session.layout).see(session);
  }

  endGroup(): void {
    for (const sessions of this.#byLayout.values()) sessions.endGroup();
  }

  /** What it comes to, with what the servers tell. */
  judge(servers: Observed["servers"]): PolicyReport {
    const all = [...this.#byLayout];
    const used = all.filter(([, { sessions }]) => sessions > 0);
    const judged = used.length > 0 ? used : all;
    const means = { servers, isOneOfSeveral: all.length > 1 };
    return {
      name: this.#policy.name,
      requirements: this.#chosen.flatMap((requirement) =>
        judged.map(([layout, sessions]) => {
          const verdict = requirement.judge(sessions.observed(requirement, { ...means, layout }));
          for (const id of verdict.sessions) this.#late.add(id);
          const { id, asks, severity } = requirement;
          const sessionsNamed = verdict.sessions.slice(0, named);
          return Object.assign({ requirement: id, layout, asks, severity }, verdict, { sessions: sessionsNamed });
        }),
      ),
      inViolation: { [Symbol.iterator]: () => this.#inViolation() },
    };
  }

  #of(layout: string): LayoutSessions {
    let own = this.#byLayout.get(layout);
    if (own === undefined) {
      const options = { ...this.#options, layout };
      this.#byLayout.set(layout, (own = new LayoutSessions(this.#chosen, this.#policy, options, this.#violations)));
    }
    return own;
  }

  *#inViolation(): Generator<SessionId> {
    for (const id of this.#seen) if (!this.#late.has(id)) yield id;
    yield* this.#late;
  }
}
