import { Option } from "commander";
import { examine } from "../../app/doctor.js";
import { checks, type Verdict } from "../../doctor/index.js";
import type { CliCommand } from "../command.js";
import { writeDoctor } from "../doctor-output.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";
import { showProgress } from "../progress.js";
import { type RepairOptions, runRepair } from "../repair-command.js";
import { repeated } from "../values.js";

interface Options extends RepairOptions {
  readonly full?: boolean;
  readonly repair?: boolean;
  readonly check?: readonly string[];
  readonly failOn: "failure" | "warning";
}

/** Verdicts that `--fail-on` may name, each with what it stands for. */
const failing: Readonly<Record<Options["failOn"], readonly Verdict[]>> = {
  failure: ["failure"],
  warning: ["failure", "warning"],
};

/** `sessctl doctor`. */
export const doctor: CliCommand = {
  examples: [
    ["sessctl doctor", "is this Redis fit to hold sessions, and what to do where it is not"],
    ["sessctl doctor --fail-on warning -q", "exit 10 when anything is not well, for a deployment"],
    ["sessctl doctor --check eviction-policy --check persistence", "only these"],
    ["sessctl doctor --full", "look at every session and index entry, and not at a sample"],
    ["sessctl doctor --repair --dry-run", "what a repair of the indexes would do"],
    ["sessctl doctor --repair", "put the indexes right; harmless at any time"],
    ["sessctl doctor -o json", "with what was seen in every check, for a program"],
  ],
  sections: [{ title: "Checks", rows: checks.map(({ id, why }) => [id, why]) }],
  configure(command) {
    command
      .option("--check <id>", "only this check (may be repeated)", repeated)
      .addOption(
        new Option("--fail-on <verdict>", "exit 10 when a check comes to this, or worse")
          .choices(Object.keys(failing))
          .default("failure"),
      )
      .option("--full", "look at all sessions and index entries, and not at a sample")
      .option("--repair", "put the indexes right: add what is missing, remove what is dead, end what is over")
      .option("--dry-run", "with --repair: only tell what would be done")
      .option("--reason <text>", "with --repair: why, kept in the trail")
      .option("--confirm <profile>", "with --repair: the name of a protected profile, in place of typing it");
  },
  async run(context, _, command) {
    const { io, settings, connection } = context;
    const options = command.opts<Options>();
    const chosen = options.check === undefined ? checks : options.check.map(checkOf);
    const isNative = ["native", "auto"].includes(settings.layout);
    if (options.repair === true) {
      if (isNative) return await runRepair(context, await connection.openIndexes(), options);
      throw usageError(`--repair: the layout ${settings.layout} has no indexes`, "Leave --layout out.");
    }
    for (const name of ["dryRun", "reason", "confirm"] as const) {
      if (options[name] === undefined) continue;
      const flag = name === "dryRun" ? "--dry-run" : `--${name}`;
      throw usageError(`${flag} is for --repair`, "doctor itself changes nothing.");
    }
    const at = io.clock();
    const progress = showProgress(context, "looked at");
    const patient = {
      inspector: await connection.openInspector(),
      keeper: isNative ? await connection.openIndexes() : undefined,
    };
    const report = await examine(patient, {
      checks: chosen,
      namespace: settings.namespace,
      now: at,
      scope: options.full === true ? "full" : "sample",
      onProgress: (sessions) => progress.add(sessions),
    });
    progress.end();
    await writeDoctor(context, report, at);
    return report.results.some(({ verdict }) => failing[options.failOn].includes(verdict))
      ? exitCodes.found
      : exitCodes.done;
  },
};

function checkOf(id: string) {
  const found = checks.find((check) => check.id === id);
  if (found !== undefined) return found;
  throw usageError(
    `--check: there is no check ${JSON.stringify(id)}`,
    `Checks: ${checks.map((check) => check.id).join(", ")}.`,
  );
}
