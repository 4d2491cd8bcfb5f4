import { type Check, diagnose, type Result } from "../doctor/index.js";
import { SessctlError } from "../core/errors.js";
import type { IndexKeeper, IndexReport, WalkControl } from "../core/indexes.js";
import type { Reading, ServerInspector, ServerReport } from "../core/server.js";

/** Whom to ask; without a keeper the sessions are of another layout, and there are no indexes to look at. */
export interface Patient {
  readonly inspector: ServerInspector;
  readonly keeper: IndexKeeper | undefined;
}

/** What to look at, and how. */
export interface DoctorRequest extends WalkControl {
  readonly checks: readonly Check[];
  readonly namespace: string;
  readonly now: number;
  /** How much of the indexes. */
  readonly scope: IndexReport["scope"];
}

/** What was found. */
export interface DoctorReport {
  readonly servers: readonly ServerReport[];
  readonly results: readonly Result[];
}

/** Reads the servers that hold the sessions, and the indexes where a check is of them, and runs checks over that. Changes nothing. */
export async function examine({ inspector, keeper }: Patient, request: DoctorRequest): Promise<DoctorReport> {
  const { checks, namespace, now } = request;
  const servers = await inspector.inspect();
  const ofIndexes = checks.some((check) => check.of === "indexes");
  const isAlone = servers.length === 1;
  const indexes = keeper === undefined || !ofIndexes ? undefined : await indexesOf(keeper, request, isAlone);
  return { servers, results: diagnose(checks, { servers, namespace, now, indexes }) };
}

/**
 * What this user may not read, or a server that is loading does not give, is unknown and hides nothing else; so is what one
 * of several servers had that has gone. The only one that goes leaves nothing to judge.
 */
async function indexesOf(
  keeper: IndexKeeper,
  { scope, ...control }: DoctorRequest,
  isAlone: boolean,
): Promise<Reading<IndexReport>> {
  try {
    return { known: true, value: await keeper.examine(scope, control) };
  } catch (error) {
    if (!(error instanceof SessctlError)) throw error;
    if (isAlone && (error.code === "unreachable" || error.code === "timeout")) throw error;
    return { known: false, why: error.message };
  }
}
