import { type AuditSettings, explain, type Finding, type Severity } from "../../audit/index.js";
import type { SessionDirectory } from "../../core/ports.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { SessionId } from "../../core/token.js";
import { audit, type AuditReaders } from "../audit.js";
import { safely } from "./session.js";

/** Something that an audit found, its texts made safe and its rule's words with it. */
export interface WatchedFinding {
  readonly id: string;
  readonly rule: SafeText;
  readonly severity: Severity;
  readonly title: SafeText;
  /** What was seen and why it matters. */
  readonly summary: SafeText;
  readonly sessions: readonly SessionId[];
  readonly user: SafeText | undefined;
  readonly ip: SafeText | undefined;
  readonly lastSeenAt: number | undefined;
  /** What a text filter looks at, lower case. */
  readonly text: string;
}

/** What a whole audit says. */
export interface WatchedAudit {
  readonly at: number;
  /** How many sessions were looked at. */
  readonly sessions: number;
  /** The most severe first, then the most recent; at most `shownFindings`. */
  readonly findings: readonly WatchedFinding[];
  /** Findings beyond those. */
  readonly more: number;
  /** Rules that could not judge, and why. */
  readonly notRun: readonly SafeText[];
}

/** Findings that a screen keeps. */
const shownFindings = 2000;

/** How an audit in the background goes on. */
export interface AuditControl {
  readonly signal: AbortSignal;
  /** Called with how many sessions were read so far. */
  readonly onProgress: (read: number) => void;
}

/** What an audit judges by: readers of clients and, where there are any, of places, and the configuration. */
export interface AuditBasis extends AuditReaders {
  readonly settings?: AuditSettings | undefined;
}

/** Audits every session with half of the time left to others; rejects with the signal's reason once it is aborted. */
export async function auditInBackground(
  directory: SessionDirectory,
  { settings, ...readers }: AuditBasis,
  now: number,
  { signal, onProgress }: AuditControl,
): Promise<WatchedAudit> {
  let read = 0;
  const { layout, capabilities } = directory;
  const { report } = await audit(
    {
      layout,
      capabilities,
      walk: () => halfOfTheTime(directory.walk(), signal),
      events: (options) => directory.events(options),
    },
    readers,
    { settings },
    now,
    (sessions) => onProgress((read += sessions)),
  );
  return {
    at: now,
    sessions: report.audit.sessions,
    findings: report.findings.slice(0, shownFindings).map(watchedFinding),
    more: Math.max(0, report.findings.length - shownFindings),
    notRun: report.notRun.map(({ rule, why }) => safe(`${rule}: ${why}`)),
  };
}

async function* halfOfTheTime<Batch>(walk: AsyncIterable<Batch>, signal: AbortSignal): AsyncGenerator<Batch> {
  let began = performance.now();
  for await (const batch of walk) {
    yield batch;
    signal.throwIfAborted();
    const took = performance.now() - began;
    await new Promise((resolve) => {
      setTimeout(resolve, took);
    });
    began = performance.now();
  }
}

function watchedFinding(finding: Finding): WatchedFinding {
  const row = {
    rule: safe(finding.rule),
    severity: finding.severity,
    title: safe(finding.title),
    summary: safe(explain(finding).summary),
    user: safely(finding.user ?? undefined),
    ip: safely(finding.ip ?? undefined),
  };
  return {
    ...row,
    id: finding.id,
    sessions: finding.sessions,
    lastSeenAt: finding.lastSeenAt ?? undefined,
    text: [...Object.values(row), ...finding.sessions].join("\n").toLowerCase(),
  };
}
