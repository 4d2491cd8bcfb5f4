import type { Check, CheckContext, Group, Outcome } from "./check.js";

/** What a check came to in one place. */
export interface Result extends Outcome {
  /** The check's id. */
  readonly check: string;
  readonly group: Group;
  readonly title: string;
  readonly why: string;
  /** The server that it is about; `undefined` when it is about the sessions, wherever they are. */
  readonly server: string | undefined;
}

/** Runs checks over what was read: by group, then in the checks' order, then in the servers'. */
export function diagnose(checks: readonly Check[], context: CheckContext): readonly Result[] {
  return checks.flatMap((check) =>
    context.servers.flatMap((server) => {
      const outcome = check.examine(server, context);
      return outcome === undefined ? [] : [resultOf(check, outcome, server.name)];
    }),
  );
}

function resultOf({ id, group, title, why }: Check, outcome: Outcome, server: string | undefined): Result {
  return { check: id, group, title, why, server, ...outcome };
}
