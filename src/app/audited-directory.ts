import type { SessionDirectory } from "../core/ports.js";

/** What an audit needs of a directory: all of it, or a walk over some sessions, and then what else there is. */
export type AuditedDirectory = Pick<SessionDirectory, "layout" | "capabilities" | "walk"> &
  Partial<Pick<SessionDirectory, "events" | "byUser" | "get" | "flaggedSince" | "idStatistics">>;
