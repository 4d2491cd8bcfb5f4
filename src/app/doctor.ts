import { type Check, diagnose, type Result } from "../doctor/index.js";
import type { ServerInspector, ServerReport } from "../core/server.js";

/** What to look at, and how. */
export interface DoctorRequest {
  readonly checks: readonly Check[];
  readonly namespace: string;
  readonly now: number;
}

/** What was found. */
export interface DoctorReport {
  readonly servers: readonly ServerReport[];
  readonly results: readonly Result[];
}

/** Reads the servers that hold the sessions, and runs checks over that. Changes nothing. */
export async function examine(inspector: ServerInspector, request: DoctorRequest): Promise<DoctorReport> {
  const servers = await inspector.inspect();
  const { checks, namespace, now } = request;
  return { servers, results: diagnose(checks, { servers, namespace, now }) };
}
