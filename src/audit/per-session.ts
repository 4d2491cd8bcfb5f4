import type { Draft, Evidence } from "./finding.js";
import type { RuleContext, RuleRun } from "./rule.js";
import type { SeenSession } from "./seen-session.js";

/** What a check of one session reports: session, user and times are filled in from the session. */
export type SessionDraft<E extends Evidence> = Omit<Draft<E>, "subject" | "sessions" | "user">;

/** The run of a rule that looks at one session at a time: at most one finding a session, `undefined` for none. */
export function perSession<Names extends string, E extends Evidence>(
  check: (seen: SeenSession, context: RuleContext<Names, E>) => SessionDraft<E> | undefined,
): (context: RuleContext<Names, E>) => RuleRun {
  return (context) => ({
    see: (seen) => {
      const draft = check(seen, context);
      if (draft === undefined) return;
      const { id, user, createdAt, lastSeenAt } = seen.session;
      context.report({ firstSeenAt: createdAt, lastSeenAt, ...draft, subject: id, sessions: [id], user });
    },
  });
}
