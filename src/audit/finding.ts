import { createHash } from "node:crypto";
import type { Json } from "../core/session.js";
import type { SessionId } from "../core/token.js";
import type { Severity } from "./severity.js";
import type { UserSessions } from "./user-sessions.js";

/**
 * What a rule saw, as data: anything JSON can hold, so no `Infinity`. Texts from sessions in it are hostile. Times are ms
 * since 1970 under the name `at` or one that ends in `At`; durations end in `Ms`.
 */
export type Evidence = { readonly [name: string]: Json };

/** One thing an audit reports. Wording is apart: `explain` gives it. Texts from sessions in it are hostile. */
export interface Finding<E extends Evidence = Evidence> {
  /** The same on every run for the same rule and subject: 16 hex characters. */
  readonly id: string;
  /** Id of the rule that found it. */
  readonly rule: string;
  readonly severity: Severity;
  /** The rule's title. */
  readonly title: string;
  /** The sessions concerned, at least one. */
  readonly sessions: readonly SessionId[];
  /** Whose sessions; `null` when anonymous, unknown, or of several users. */
  readonly user: string | null;
  /** The address to look at first, if there is one. */
  readonly ip: string | null;
  readonly evidence: E;
  /** When what was found began, and was last the case (ms since 1970); `null` when the layout cannot tell. */
  readonly firstSeenAt: number | null;
  readonly lastSeenAt: number | null;
}

/** What a rule reports; the engine makes a finding of it. What is left out is `null` in the finding. */
export interface Draft<E extends Evidence = Evidence> {
  /** What stays the same about it from run to run, such as a session's id or a user; the finding's id comes from it. */
  readonly subject: string;
  /** Default: the rule's. */
  readonly severity?: Severity;
  readonly sessions: readonly SessionId[];
  readonly user?: string | undefined;
  readonly ip?: string | undefined;
  /** Called at once or, when the finding is not kept, never. */
  readonly evidence: () => E;
  readonly firstSeenAt?: number | undefined;
  readonly lastSeenAt?: number | undefined;
  /** The severity in the light of all of the user's sessions; asked once they were all seen, `undefined` leaves it as it is. */
  readonly softened?: ((sessions: UserSessions) => Severity | undefined) | undefined;
}

/** What a finding has from its rule. */
export interface FoundBy {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
}

/** The finding that a rule's draft stands for. */
export function toFinding(rule: FoundBy, draft: Draft): Finding {
  return {
    id: createHash("sha256").update(`${rule.id}\0${draft.subject}`).digest("hex").slice(0, 16),
    rule: rule.id,
    severity: draft.severity ?? rule.severity,
    title: rule.title,
    sessions: draft.sessions,
    user: draft.user ?? null,
    ip: draft.ip ?? null,
    evidence: draft.evidence(),
    firstSeenAt: timeOrNull(draft.firstSeenAt),
    lastSeenAt: timeOrNull(draft.lastSeenAt),
  };
}

function timeOrNull(time: number | undefined): number | null {
  return time === undefined || !Number.isFinite(time) ? null : time;
}
