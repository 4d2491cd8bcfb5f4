import type { SessionEvent } from "../../core/event.js";
import type { DirectorySession } from "../../core/ports.js";
import type { SessionId } from "../../core/token.js";
import { type Audit, type AuditOptions, createAudit } from "../engine.js";
import type { AuditReport } from "../report.js";
import type { Policy } from "./policy.js";
import type { Measure, Observed, Requirement, RuleOutcome, Tally } from "./requirement.js";
import { UserLimit } from "./user-limit.js";

/** Most sessions that a verdict names. */
const named = 20;

/** What hears of sessions that are against a requirement. */
export interface Violations {
  /** The session that is being looked at is against one. */
  readonly onSeen: (id: SessionId) => void;
  /** One that was looked at before turns out to be. */
  readonly onLate: (id: SessionId) => void;
}

interface Measured {
  readonly measure: Measure;
  readonly most: number;
  readonly tally: { -readonly [Key in keyof Tally]: Tally[Key] } & { readonly sessions: SessionId[] };
}

/** The sessions of one layout under a policy: measured one by one, nothing kept of them but sums and a few ids. */
export class LayoutSessions {
  readonly #policy: Policy;
  readonly #now: number;
  readonly #violations: Violations;
  readonly #measured = new Map<Requirement, Measured>();
  readonly #limits = new Map<Requirement, { readonly limit: UserLimit; readonly over: SessionId[]; against: number }>();
  readonly #rules: Audit | undefined;
  #report: AuditReport | undefined;
  #endedByLimit = 0;
  sessions = 0;

  constructor(requirements: readonly Requirement[], policy: Policy, options: AuditOptions, violations: Violations) {
    this.#policy = policy;
    this.#now = options.now;
    this.#violations = violations;
    for (const requirement of requirements) {
      const { measure, perUser } = requirement;
      if (measure !== undefined) {
        const tally = { told: 0, against: 0, greatest: -Infinity, sessions: [] };
        this.#measured.set(requirement, { measure, most: measure.most(policy), tally });
      }
      const most = perUser?.(policy);
      if (most !== undefined) this.#limit(requirement, most);
    }
    const rules = [...new Set(requirements.flatMap((one) => one.rules?.(policy, options.layout) ?? []))];
    // No settings: limits and allow-lists of the configuration do not bear on a policy.
    if (rules.length > 0) this.#rules = createAudit({ ...options, rules });
  }

  hear(event: SessionEvent): void {
    if (event.type === "revoked" && event.reason === "limit") this.#endedByLimit++;
    this.#rules?.hear(event);
  }

  see(session: DirectorySession): void {
    this.sessions++;
    const given = { policy: this.#policy, now: this.#now };
    let isAgainst = false;
    for (const { measure, most, tally } of this.#measured.values()) {
      const amount = measure.of(session, given);
      if (amount === undefined || Number.isNaN(amount)) continue;
      tally.told++;
      if (amount > tally.greatest) tally.greatest = amount;
      if (amount <= most) continue;
      isAgainst = true;
      tally.against++;
      if (tally.sessions.length < named) tally.sessions.push(session.id);
    }
    if (isAgainst) this.#violations.onSeen(session.id);
    for (const { limit } of this.#limits.values()) limit.see(session);
    this.#rules?.see(session);
  }

  endGroup(): void {
    for (const { limit } of this.#limits.values()) limit.endGroup();
    this.#rules?.endGroup();
  }

  /** What a requirement is judged by, once all sessions were seen. */
  observed(requirement: Requirement, means: Pick<Observed, "layout" | "isOneOfSeveral" | "servers">): Observed {
    this.#report ??= this.#rules?.report();
    return {
      ...means,
      policy: this.#policy,
      sessions: this.sessions,
      endedByLimit: this.#endedByLimit,
      tally: this.#tallyOf(requirement),
      rule: (id) => outcomeOf(this.#report, id),
    };
  }

  #limit(requirement: Requirement, most: number): void {
    const over: SessionId[] = [];
    const counted = {
      over,
      against: 0,
      limit: new UserLimit(most, (id) => {
        counted.against++;
        if (over.length < named) over.push(id);
        this.#violations.onLate(id);
      }),
    };
    this.#limits.set(requirement, counted);
  }

  #tallyOf(requirement: Requirement): Tally {
    const counted = this.#limits.get(requirement);
    if (counted !== undefined) {
      const { limit, over, against } = counted;
      return { told: limit.users, against, greatest: limit.greatest, sessions: over };
    }
    return this.#measured.get(requirement)?.tally ?? { told: 0, against: 0, greatest: 0, sessions: [] };
  }
}

function outcomeOf(report: AuditReport | undefined, id: string): RuleOutcome {
  const findings = report?.findings.filter(({ rule }) => rule === id) ?? [];
  const omitted = report?.audit.omitted.find(({ rule }) => rule === id)?.findings ?? 0;
  const notRun = report?.notRun.find(({ rule }) => rule === id)?.why;
  return { findings, count: findings.length + omitted, notRun };
}
