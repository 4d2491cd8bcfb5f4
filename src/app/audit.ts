import {
  type Audit,
  type AuditReport,
  type AuditSettings,
  compareSeverity,
  createAudit,
  type Finding,
  isAtLeast,
  type Observed,
  type Policy,
  PolicyAudit,
  type Severity,
} from "../audit/index.js";
import type { GeoReader } from "../clients/geography/geo-reader.js";
import type { ClientReader } from "../core/binding.js";
import type { SessionEvent } from "../core/event.js";
import type { DirectorySession } from "../core/ports.js";
import type { AuditedDirectory } from "./audited-directory.js";
import type { OnRead } from "./criteria.js";
import { recentlyActive } from "./recently-active.js";

/** What an audit looks for. */
export interface AuditRequest {
  /** Ids of the rules to run; default: all. */
  readonly rules?: readonly string[] | undefined;
  /** Findings below it are left out of the report. */
  readonly severity?: Severity | undefined;
  /** Only this user's sessions. */
  readonly user?: string | undefined;
  /** Only sessions to which something happened since (ms since 1970), at a cost that goes by that and not by how many there are. */
  readonly recentSince?: number | undefined;
  /** Findings that ended before are left out (ms since 1970). */
  readonly since?: number | undefined;
  /** What a filter says of a finding at a time (ms); the others are left out. */
  readonly where?: ((finding: Finding, now: number) => boolean) | undefined;
  readonly settings?: AuditSettings | undefined;
  /** Ids of findings that an earlier report has: they are left out, and counted. */
  readonly baseline?: ReadonlySet<string> | undefined;
  /** Judged beside the rules, on the same walk. */
  readonly policy?: Policy | undefined;
  /** What the servers tell, for the policy; a text says why nothing is known. */
  readonly servers?: Observed["servers"] | undefined;
}

/** What an audit reads clients by. */
export interface AuditReaders {
  readonly reader: ClientReader;
  readonly geo?: GeoReader | undefined;
}

/** A report, and the highest severity of all that was found or violates the policy, also of what `severity` leaves out. */
export interface AuditOutcome {
  readonly report: AuditReport;
  readonly worst: Severity | undefined;
}

/** More than any namespace keeps. */
const allEvents = 1_000_000;

/**
 * Audits the sessions of a directory in one walk, or those of a user or of late; `onRead` hears how far it is. Throws
 * `invalid-argument` for an unknown rule, `unsupported` where a layout cannot tell what happened lately.
 */
export async function audit(
  directory: AuditedDirectory,
  { reader, geo }: AuditReaders,
  request: AuditRequest,
  now: number,
  onRead?: OnRead,
): Promise<AuditOutcome> {
  const { layout, capabilities } = directory;
  const { rules, severity = "info", user, recentSince, since = -Infinity, where } = request;
  const { usersTogether = false } = capabilities;
  const isPart = user !== undefined || recentSince !== undefined;
  const means = {
    now,
    reader,
    geo,
    layout,
    capabilities,
    part: user !== undefined ? "user" : recentSince !== undefined ? "recent" : undefined,
    since: recentSince,
    idStatistics: directory.idStatistics?.bind(directory),
  } as const;
  const { policy, baseline } = request;
  const behaviour = createAudit({ ...request.settings, ...means, ...(rules === undefined ? {} : { rules }) });
  const ofPolicy = policy && new PolicyAudit(policy, means);
  const running = ofPolicy === undefined ? [behaviour] : [behaviour, ofPolicy];
  const recent = await hearAll(directory, request, running);
  let group: string | undefined;
  for await (const sessions of sessionsOf(directory, request, recent)) {
    for (const session of sessions) {
      const own = session.id.slice(0, 2);
      if (usersTogether && !isPart && own !== group) {
        if (group !== undefined) for (const one of running) one.endGroup();
        group = own;
      }
      for (const one of running) one.see(session);
    }
    onRead?.(sessions.length);
  }
  const report = behaviour.report();
  const verdict = ofPolicy?.judge(request.servers ?? "the servers were not asked");
  const asked = report.findings.filter(
    (finding) => (finding.lastSeenAt ?? Infinity) >= since && (where?.(finding, now) ?? true),
  );
  const wanted = baseline === undefined ? asked : asked.filter(({ id }) => !baseline.has(id));
  const violations = verdict?.requirements.filter(({ state }) => state === "violated") ?? [];
  const worst = [...wanted, ...violations]
    .map((finding) => finding.severity)
    .toSorted(compareSeverity)
    .at(-1);
  return {
    report: {
      ...report,
      audit: { ...report.audit, known: baseline && asked.length - wanted.length },
      findings: wanted.filter((finding) => isAtLeast(finding.severity, severity)),
      policy: verdict,
    },
    worst,
  };
}

/** Has audits hear what happened. Resolves to it for an audit of what happened of late, else lets go of it: it is much. */
async function hearAll(
  directory: AuditedDirectory,
  { user, recentSince }: AuditRequest,
  running: readonly Pick<Audit, "hear">[],
): Promise<readonly SessionEvent[]> {
  if (!directory.capabilities.events) return [];
  const events = (await directory.events?.({ since: recentSince ?? 0, limit: allEvents })) ?? [];
  for (const event of events) {
    if (user === undefined || event.user === user) for (const one of running) one.hear(event);
  }
  return recentSince === undefined ? [] : events;
}

async function* sessionsOf(
  directory: AuditedDirectory,
  { user, recentSince }: AuditRequest,
  recent: readonly SessionEvent[],
): AsyncIterable<readonly DirectorySession[]> {
  if (user !== undefined && directory.byUser !== undefined) yield await directory.byUser(user);
  else if (recentSince !== undefined) yield* recentlyActive(directory, recent, recentSince);
  else yield* directory.walk();
}
