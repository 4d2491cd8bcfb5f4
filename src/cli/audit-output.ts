import { type AuditReport, type Finding, isOfPolicy, type Judged, type PolicyReport } from "../audit/index.js";
import { safeJson, type SafeText } from "../core/safe-text.js";
import type { Json } from "../core/session.js";
import { writeAuditTable } from "./audit-table.js";
import { rfc3339 } from "./columns.js";
import type { Context } from "./command.js";
import type { Column } from "./formats/format.js";
import { recordOf } from "./formats/record.js";
import { batched, oneBatch, writeSheet } from "./output.js";
import { version } from "./version.js";

/** The fields of a finding in JSON. */
export const findingColumns: readonly Column<Finding>[] = [
  { name: "id", type: "text", about: "the same on every run for the same thing", value: ({ id }) => id },
  { name: "rule", type: "text", about: "which rule found it", value: ({ rule }) => rule },
  { name: "severity", type: "text", about: "info, low, medium, high or critical", value: ({ severity }) => severity },
  { name: "title", type: "text", about: "the rule in a few words", value: ({ title }) => title },
  { name: "sessions", type: "texts", about: "ids of the sessions concerned", value: ({ sessions }) => sessions },
  { name: "user", type: "text?", about: "whose sessions; null when of none or several", value: ({ user }) => user },
  { name: "ip", type: "text?", about: "the address to look at first", value: ({ ip }) => ip },
  { name: "evidence", type: "object", about: "what the rule saw", value: ({ evidence }) => withTimes(evidence) },
  { name: "firstSeenAt", type: "time?", about: "when it began", value: ({ firstSeenAt }) => rfc3339(firstSeenAt) },
  {
    name: "lastSeenAt",
    type: "time?",
    about: "when it was last the case",
    value: ({ lastSeenAt }) => rfc3339(lastSeenAt),
  },
];

/** The fields of a requirement in JSON. */
export const requirementColumns: readonly Column<Judged>[] = [
  { name: "requirement", type: "text", about: "its id, as ASVS 7.3.1", value: ({ requirement }) => requirement },
  { name: "layout", type: "text", about: "whose sessions were judged", value: ({ layout }) => layout },
  { name: "asks", type: "text", about: "what it asks for", value: ({ asks }) => asks },
  { name: "state", type: "text", about: "met, violated or not observable", value: ({ state }) => state },
  { name: "severity", type: "text", about: "of a violation", value: ({ severity }) => severity },
  { name: "why", type: "text", about: "why it is so", value: ({ why }) => why },
  {
    name: "sessions",
    type: "texts",
    about: "some of the sessions against it, 20 at most",
    value: ({ sessions }) => sessions,
  },
  { name: "count", type: "number", about: "how many there are", value: ({ count }) => count },
  { name: "evidence", type: "object", about: "what was seen", value: ({ evidence }) => withTimes(evidence) },
];

/** Writes an audit's report in the form asked for. */
export async function writeAudit(context: Context, report: AuditReport): Promise<void> {
  const { io, settings } = context;
  const { findings, policy } = report;
  switch (settings.output ?? "table") {
    case "table":
      return await writeAuditTable(report, io.stdout);
    case "json":
      return await io.stdout.line(safeJson(asJson(report), io.stdout.isTerminal ? 2 : undefined));
    case "markdown": {
      const { markdownReport } = await import("../audit/markdown.js");
      return await io.stdout.write(markdownReport(report) as SafeText);
    }
    case "html": {
      const { htmlReport } = await import("../audit/html/page.js");
      return await io.stdout.write(htmlReport(report, version) as SafeText);
    }
    case "id":
      await writeSheet(context, { columns: [], rows: batched(idsOf(report)), idsOf: (id) => [id] });
      return;
    case "wide":
    case "ndjson":
    case "csv":
      if (isOfPolicy(report)) {
        const { requirements = [] } = policy ?? {};
        await writeSheet(context, {
          columns: requirementColumns,
          rows: oneBatch(requirements),
          idsOf: ({ sessions }) => sessions,
        });
        return;
      }
      await writeSheet(context, {
        columns: findingColumns,
        rows: oneBatch(findings),
        idsOf: ({ sessions }) => sessions,
      });
  }
}

/** The sessions of all findings, and those against the policy, each once. */
function* idsOf({ findings, policy }: AuditReport): Generator<string> {
  const found = new Set(findings.flatMap(({ sessions }) => sessions));
  yield* found;
  for (const id of policy?.inViolation ?? []) if (!found.has(id)) yield id;
}

function asJson({ audit, findings, notRun, policy }: AuditReport): Json {
  return {
    audit: {
      ...audit,
      at: rfc3339(audit.at),
      data: audit.data.map((set) => ({ ...set })),
      since: rfc3339(audit.since),
      rules: [...audit.rules],
      omitted: audit.omitted.map((rule) => ({ ...rule })),
      suppressed: audit.suppressed.map((rule) => ({ ...rule })),
      known: audit.known ?? null,
    },
    findings: findings.map((finding) => recordOf(finding, findingColumns)),
    notRun: notRun.map((rule) => ({ ...rule })),
    policy: policy === undefined ? null : policyJson(policy),
  };
}

function policyJson({ name, requirements }: PolicyReport): Json {
  return { name, requirements: requirements.map((judged) => recordOf(judged, requirementColumns)) };
}

/** Evidence with its times, which are `at` or end in `At`, as they are everywhere else in the output. */
function withTimes(value: Json, name = ""): Json {
  if (typeof value === "number") return /^at$|At$/.test(name) ? rfc3339(value) : value;
  if (Array.isArray(value)) return value.map((item: Json) => withTimes(item, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTimes(item, key)]));
}
