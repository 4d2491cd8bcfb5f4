import type { SessionId } from "../core/token.js";
import type { Facts } from "./facts.js";
import type { Draft, Finding } from "./finding.js";
import { Findings } from "./findings.js";
import type { RuleCount } from "./report.js";
import type { Rule } from "./rule.js";
import type { AuditSettings } from "./settings.js";
import type { UserSessions } from "./user-sessions.js";

/** A draft whose severity depends on all of a user's sessions. */
interface Waiting {
  readonly findings: Findings;
  readonly draft: Draft;
}

/** Gathers what the rules report: drops what is allowed, waits for a user's other sessions where they matter. */
export class Reports {
  readonly #facts: Facts;
  readonly #settings: AuditSettings;
  readonly #limit: number;
  readonly #byRule = new Map<string, Findings>();
  readonly #suppressed = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #reported = new Set<SessionId>();
  readonly #users: ReadonlySet<string>;

  constructor(facts: Facts, settings: AuditSettings, limit: number) {
    this.#facts = facts;
    this.#settings = settings;
    this.#limit = limit;
    this.#users = new Set(settings.trustedUsers);
  }

  /** What a rule reports with. */
  of(rule: Rule): (draft: Draft) => void {
    const findings = new Findings(rule, this.#limit);
    this.#byRule.set(rule.id, findings);
    const severities = this.#settings.severities ?? {};
    const fixed = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
    return (reported) => {
      if (this.#isAllowed(reported)) {
        this.#suppressed.set(rule.id, (this.#suppressed.get(rule.id) ?? 0) + 1);
        return;
      }
      const draft = fixed === undefined ? reported : { ...reported, severity: fixed, softened: undefined };
      if (draft.softened !== undefined && typeof draft.user === "string") this.#wait(draft.user, { findings, draft });
      else this.#add(findings, draft);
    };
  }

  /** Whether a rule has reported the session so far; those of the users seen last are remembered. */
  isReported(id: SessionId): boolean {
    return this.#reported.has(id);
  }

  /** Settles what waited for this user. */
  settle(user: UserSessions): void {
    for (const { findings, draft } of this.#waiting.get(user.user) ?? []) {
      const severity = draft.softened?.(user);
      this.#add(findings, severity === undefined ? draft : { ...draft, severity });
    }
    this.#waiting.delete(user.user);
  }

  /** Settles what is left, and forgets who was reported. */
  settleRest(): void {
    for (const waiting of this.#waiting.values()) {
      for (const { findings, draft } of waiting) this.#add(findings, draft);
    }
    this.#waiting.clear();
    this.#reported.clear();
  }

  all(): readonly Finding[] {
    return [...this.#byRule.values()].flatMap((findings) => findings.all());
  }

  omitted(): readonly RuleCount[] {
    return counts([...this.#byRule].map(([rule, { omitted }]) => [rule, omitted] as const));
  }

  suppressed(): readonly RuleCount[] {
    return counts([...this.#suppressed]);
  }

  #isAllowed({ user, ip }: Draft): boolean {
    return (typeof user === "string" && this.#users.has(user)) || (ip !== undefined && this.#facts.isTrusted(ip));
  }

  #wait(user: string, waiting: Waiting): void {
    const own = this.#waiting.get(user);
    if (own === undefined) this.#waiting.set(user, [waiting]);
    else own.push(waiting);
  }

  #add(findings: Findings, draft: Draft): void {
    for (const id of draft.sessions) this.#reported.add(id);
    findings.add(draft);
  }
}

function counts(all: readonly (readonly [rule: string, findings: number])[]): readonly RuleCount[] {
  return all.flatMap(([rule, findings]) => (findings > 0 ? [{ rule, findings }] : []));
}
