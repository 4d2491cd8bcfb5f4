import { Option } from "commander";
import { audit as auditSessions, type AuditRequest } from "../../app/audit.js";
import { didYouMean } from "../../app/nearest.js";
import {
  type AuditSettings,
  isAtLeast,
  type Policy,
  policies,
  rules,
  type Severity,
  severities,
} from "../../audit/index.js";
import { createClientReader } from "../../clients/reader.js";
import { SessctlError } from "../../core/errors.js";
import { readBaseline } from "../audit-baseline.js";
import { auditSettingsOf } from "../audit-config/index.js";
import { policyOf } from "../audit-config/policy.js";
import { writeAudit } from "../audit-output.js";
import { ruleList } from "../audit-rules.js";
import { warnOfClock } from "../clock-warning.js";
import type { CliCommand, Context } from "../command.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";
import { openGeography } from "../geography.js";
import { showProgress } from "../progress.js";
import { say } from "../say.js";
import { durationOption, ofOption, repeated, timeOption } from "../values.js";

interface Options {
  readonly anomalies?: boolean;
  readonly policy?: string;
  readonly baseline?: string;
  readonly rule?: readonly string[];
  readonly severity?: Severity;
  readonly failOn?: Severity;
  readonly user?: string;
  readonly where?: string;
  readonly since?: string;
  readonly recent?: string;
  readonly config?: string;
  readonly listRules?: boolean;
}

/** What `audit` without --anomalies and --policy judges by: the level that every application is asked to meet. */
const usualPolicy = "asvs-l1";
const policyNames = policies.map(({ name }) => name).join(", ");

/** `sessctl audit`. */
export const audit: CliCommand = {
  examples: [
    ["sessctl audit --anomalies", "sessions that behave as stolen or unsafe ones do"],
    ["sessctl audit --severity high", "only what is high or critical"],
    ["sessctl audit --anomalies --recent 1h", "only sessions to which something happened in the last hour"],
    ["sessctl audit --fail-on high -q", "exit 10 when there is anything high or critical"],
    [`sessctl audit --where 'evidence.after.country == "RU"'`, "findings of which a filter holds"],
    ["sessctl audit --policy nist-aal2", "each requirement: met, violated or not observable"],
    ["sessctl audit --baseline known.json", "only what an earlier report (-o json) does not have"],
    ["sessctl audit --rule hijack -o id | sessctl revoke - --yes", "end all that one rule finds"],
  ],
  sections: [{ title: "Rules", rows: rules.map(({ id, fires }) => [id, fires]) }],
  configure(command) {
    command
      .option("--anomalies", "look at how sessions behave, and at no policy")
      .option("--policy <policy>", `judge by this policy alone; with --anomalies, beside it: ${policyNames}, or a file`)
      .option("--baseline <file>", "leave out findings that an earlier report has, of -o json or ndjson")
      .option("--rule <id>", "only this rule (may be repeated)", repeated)
      .addOption(new Option("--severity <severity>", "only findings as severe as this, or more").choices(severities))
      .option("--user <user>", "only this user's sessions")
      .option("--where <filter>", "only findings of which a filter holds: 'rule == \"hijack\" && rank > 2'")
      .option("--since <time>", "only what was the case at or after: 2026-03-01T14:00:00Z, `2h ago`")
      .option("--recent <duration>", "only sessions to which something happened in the last 90s, 30m, 12h, 7d")
      .option(
        "--config <file>",
        "thresholds, severities and allow-lists (default: sessctl.audit.json, if there is one)",
      )
      .option("--list-rules", "say what the rules are, and look at nothing")
      .addOption(
        new Option("--fail-on <severity>", "exit 10 when a finding is as severe, or more").choices(severities),
      );
  },
  async run(context, _, command) {
    const { io, settings, connection } = context;
    const options = command.opts<Options>();
    if (options.listRules === true) return await ruleList(context);
    const request = await requestOf(options, context);
    const geo = openGeography(settings);
    const directory = await connection.open();
    // Without an index counting would be a walk of its own, and a part is not counted.
    const isWhole = request.user === undefined && request.recentSince === undefined;
    const total = isWhole && directory.capabilities.recent === "index" ? (await directory.count()).sessions : undefined;
    const clock = warnOfClock(context, directory);
    const progress = showProgress(context, "audited", total);
    const readers = { reader: createClientReader(), geo };
    const servers = request.policy === undefined ? undefined : await serversOf(context);
    const { report, worst } = await auditSessions(directory, readers, { ...request, servers }, io.clock(), (count) => {
      progress.add(count);
    });
    progress.end();
    await clock;
    await writeAudit(context, report);
    const isViolated = report.policy?.requirements.some(({ state }) => state === "violated") === true;
    if (report.audit.sessions === 0 && report.findings.length === 0 && !isViolated) {
      if (!settings.quiet) {
        const which = isWhole ? "" : options.user === undefined ? " of late" : " of that user";
        await io.stderr.line(say`there are no sessions to audit${which} in ${connection.sessions}`);
      }
      return exitCodes.nothing;
    }
    const { failOn } = options;
    return failOn !== undefined && worst !== undefined && isAtLeast(worst, failOn) ? exitCodes.found : exitCodes.done;
  },
};

async function requestOf(options: Options, context: Context): Promise<AuditRequest> {
  const { rule, severity, user, since, recent, where } = options;
  const now = context.io.clock();
  for (const id of rule ?? []) {
    if (rules.some((known) => known.id === id)) continue;
    const ids = rules.map((known) => known.id);
    const hint = `${didYouMean(id, ids)} Rules: ${ids.join(", ")}.`.trim();
    throw usageError(`--rule: there is no audit rule ${JSON.stringify(id)}`, hint);
  }
  if (user !== undefined && recent !== undefined) {
    throw usageError("--user and --recent exclude each other", "Leave one of them out.");
  }
  const policy = policyFor(options, context);
  return {
    rules:
      rule ?? (policy !== undefined && options.policy !== undefined && options.anomalies !== true ? [] : undefined),
    policy,
    baseline: options.baseline === undefined ? undefined : readBaseline(options.baseline),
    severity,
    user,
    since: since === undefined ? undefined : timeOption("--since", since, now),
    recentSince: recent === undefined ? undefined : now - durationOption("--recent", recent),
    where: where === undefined ? undefined : await findingFilter(where, now),
    settings: await auditSettings(options.config, context),
  };
}

/** The policy asked for; else the usual one, where all is asked for. */
function policyFor(options: Options, { settings: { output = "table" } }: Context): Policy | undefined {
  const { policy, anomalies, rule, user, recent, where, since } = options;
  const isList = ["wide", "ndjson", "csv"].includes(output);
  if (policy !== undefined) {
    if (isList && (anomalies === true || rule !== undefined)) {
      throw usageError(
        `-o ${output} lists findings or requirements, and not both`,
        "Leave --policy out, or leave it alone; table, json, markdown and html have both.",
      );
    }
    return policyOf(policy);
  }
  const isAll = [anomalies, rule, user, recent, where, since].every((option) => option === undefined);
  return isAll && !isList && output !== "id" ? policyOf(usualPolicy) : undefined;
}

/** What the servers tell; a user who may not ask leaves requirements open, and stops nothing. */
async function serversOf({ connection }: Context): Promise<AuditRequest["servers"]> {
  try {
    return await (await connection.openInspector()).inspect();
  } catch (error) {
    if (error instanceof SessctlError) return `the servers tell nothing: ${error.message}`;
    throw error;
  }
}

async function auditSettings(config: string | undefined, { io, settings }: Context): Promise<AuditSettings> {
  const { settings: found, file } = auditSettingsOf(config, io.env);
  // What was not asked for by name must not change a report unseen.
  if (config === undefined && file !== undefined && !settings.quiet) {
    await io.stderr.line(io.stderr.paint("faint", say`audit as configured in ${file}`));
  }
  return found;
}

async function findingFilter(text: string, now: number): Promise<AuditRequest["where"]> {
  const { compileFilter, findingFields } = await import("../filter.js");
  return ofOption("--where", () => compileFilter(text, findingFields, now)).matches;
}
