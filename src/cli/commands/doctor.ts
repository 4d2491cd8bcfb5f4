import { Option } from "commander";
import { examine } from "../../app/doctor.js";
import { checks, type Verdict } from "../../doctor/index.js";
import type { CliCommand } from "../command.js";
import { writeDoctor } from "../doctor-output.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";
import { repeated } from "../values.js";

interface Options {
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
      );
  },
  async run(context, _, command) {
    const { io, settings, connection } = context;
    const { check, failOn } = command.opts<Options>();
    const chosen = check === undefined ? checks : check.map(checkOf);
    const at = io.clock();
    const inspector = await connection.openInspector();
    const report = await examine(inspector, { checks: chosen, namespace: settings.namespace, now: at });
    await writeDoctor(context, report, at);
    return report.results.some(({ verdict }) => failing[failOn].includes(verdict)) ? exitCodes.found : exitCodes.done;
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
