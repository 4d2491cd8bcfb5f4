import type { Draft, Evidence } from "./finding.js";
import type { RuleContext, RuleRun } from "./rule.js";
import type { SeenSession } from "./seen-session.js";

/** What a check of one session reports: session, user and times are filled in from the session. */
export type SessionDraft<E extends Evidence> = Omit<Draft<E>, "subject" | "sessions" | "user">;

type Check<Names extends string, E extends Evidence> = (
  seen: SeenSession,
  context: RuleContext<Names, E>,
) => SessionDraft<E> | undefined;

/** The run of a rule that looks at one session at a time: at most one finding a session, `undefined` for none. */
export function perSession<Names extends string, E extends Evidence>(
  check: Check<Names, E>,
): (context: RuleContext<Names, E>) => RuleRun {
  return (context) => ({ see: reporting(check, context) });
}

/** The same of a rule that has nothing to say of a session with one client only, as most are. */
export function perSwitch<Names extends string, E extends Evidence>(
  check: Check<Names, E>,
): (context: RuleContext<Names, E>) => RuleRun {
  return (context) => ({ seeSwitched: reporting(check, context) });
}

function reporting<Names extends string, E extends Evidence>(
  check: Check<Names, E>,
  context: RuleContext<Names, E>,
): (seen: SeenSession) => void {
  return (seen) => {
    const draft = check(seen, context);
    if (draft === undefined) return;
    const { id, user, createdAt, lastSeenAt } = seen.session;
    context.report({ firstSeenAt: createdAt, lastSeenAt, ...draft, subject: id, sessions: [id], user });
  };
}
