import { Option } from "commander";
import { audit as auditSessions } from "../../app/audit.js";
import { isAtLeast, rules, type Severity, severities } from "../../audit/index.js";
import { createClientReader } from "../../clients/reader.js";
import { writeAudit } from "../audit-output.js";
import type { CliCommand } from "../command.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";
import { repeated } from "../values.js";
import { showProgress } from "../progress.js";
import { say } from "../say.js";

interface Options {
  readonly anomalies?: boolean;
  readonly rule?: readonly string[];
  readonly severity?: Severity;
  readonly failOn?: Severity;
}

/** `sessctl audit`. */
export const audit: CliCommand = {
  examples: [
    ["sessctl audit --anomalies", "sessions that behave as stolen or unsafe ones do"],
    ["sessctl audit --severity high", "only what is high or critical"],
    ["sessctl audit --fail-on high -q", "exit 10 when there is anything high or critical"],
    ["sessctl audit --rule hijack -o id | sessctl revoke - --yes", "end all that one rule finds"],
  ],
  sections: [{ title: "Rules", rows: rules.map(({ id, fires }) => [id, fires]) }],
  configure(command) {
    command
      .option("--anomalies", "look at how sessions behave; it is what there is to look at for now")
      .option("--rule <id>", "only this rule (may be repeated)", repeated)
      .addOption(new Option("--severity <severity>", "only findings as severe as this, or more").choices(severities))
      .addOption(
        new Option("--fail-on <severity>", "exit 10 when a finding is as severe, or more").choices(severities),
      );
  },
  async run(context, _, command) {
    const { io, settings, connection } = context;
    const { rule, severity, failOn } = command.opts<Options>();
    for (const id of rule ?? []) {
      if (rules.some((known) => known.id === id)) continue;
      throw usageError(
        `--rule: there is no audit rule ${JSON.stringify(id)}`,
        `Rules: ${rules.map((known) => known.id).join(", ")}.`,
      );
    }
    const directory = await connection.open();
    // Without an index counting would be a walk of its own.
    const total = directory.capabilities.recent === "index" ? (await directory.count()).sessions : undefined;
    const progress = showProgress(context, "audited", total);
    const request = { ...(rule === undefined ? {} : { rules: rule }), ...(severity === undefined ? {} : { severity }) };
    const { report, worst } = await auditSessions(directory, createClientReader(), request, io.clock(), (count) => {
      progress.add(count);
    });
    progress.end();
    await writeAudit(context, report);
    if (report.audit.sessions === 0) {
      if (!settings.quiet) await io.stderr.line(say`there are no sessions to audit in ${connection.sessions}`);
      return exitCodes.nothing;
    }
    return failOn !== undefined && worst !== undefined && isAtLeast(worst, failOn) ? exitCodes.found : exitCodes.done;
  },
};
