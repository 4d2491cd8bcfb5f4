import type { IndexReport } from "../core/indexes.js";
import type { Reading } from "../core/server.js";
import { type Check, type CheckContext, type Group, type Outcome, unknown } from "./check.js";

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

/** What checks are run over; without `indexes` those of the indexes are left out. */
export interface Examined extends CheckContext {
  readonly indexes: Reading<IndexReport> | undefined;
}

/** Runs checks over what was read: by group, then in the checks' order, then in the servers'. */
export function diagnose(checks: readonly Check[], { indexes, ...context }: Examined): readonly Result[] {
  return checks.flatMap((check) => {
    if (check.of === "indexes") {
      if (indexes === undefined) return [];
      const outcome = indexes.known ? check.examine(indexes.value) : unknown(indexes.why);
      return [resultOf(check, outcome, undefined)];
    }
    return context.servers.flatMap((server) => {
      const outcome = check.examine(server, context);
      return outcome === undefined ? [] : [resultOf(check, outcome, server.name)];
    });
  });
}

function resultOf({ id, group, title, why }: Check, outcome: Outcome, server: string | undefined): Result {
  return { check: id, group, title, why, server, ...outcome };
}
