import { repair, unrepaired } from "../app/repair.js";
import type { IndexKeeper, IndexReport, WalkControl } from "../core/indexes.js";
import { safeJson } from "../core/safe-text.js";
import { currentActor } from "./actor.js";
import { checkedReason } from "./change-options.js";
import type { Context } from "./command.js";
import type { FormatName } from "./formats/index.js";
import { usageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { type Guard, isNamed, refuseReadOnly } from "./guard.js";
import { ask } from "./io.js";
import { showProgress } from "./progress.js";
import { repairLines } from "./repair-report.js";
import { say } from "./say.js";

/** What the command line says about a repair. */
export interface RepairOptions {
  readonly dryRun?: boolean;
  readonly confirm?: string;
  readonly reason?: string;
}

/** What a repair can be told in. */
const repairForms: readonly FormatName[] = ["table", "wide", "json", "ndjson"];

/**
 * Puts the indexes right and says what was done, or with a dry run what would be. No question is asked, since nothing is
 * lost by it, but for the name of a protected profile.
 */
export async function runRepair(context: Context, keeper: IndexKeeper, options: RepairOptions): Promise<ExitCode> {
  const { io, settings, connection, guard, interrupts } = context;
  const dryRun = options.dryRun === true;
  if (!repairForms.includes(settings.output ?? "table")) {
    throw usageError(`--repair has no output ${settings.output ?? "table"}`, "Use table, json or ndjson.");
  }
  const reason = checkedReason(options.reason);
  if (!dryRun) refuseReadOnly(guard);
  const named = isNamed(guard, options.confirm);
  const signal = interrupts.deferred();
  if (!dryRun && guard?.protected === true && !named && !(await isTyped(context, guard, signal))) {
    await io.stderr.line(say`nothing was changed`);
    return signal.aborted ? interrupts.exitCode : exitCodes.failed;
  }
  const progress = showProgress(context, "looked at");
  const control: WalkControl = { signal, onProgress: (sessions) => progress.add(sessions) };
  try {
    if (dryRun) {
      const report = await keeper.examine("full", control);
      progress.end();
      return await tell(context, report, true);
    }
    const trail = await connection.openTrail();
    const { report, unrecorded } = await repair({ keeper, trail }, { actor: currentActor(io.env), reason }, control);
    progress.end();
    if (unrecorded !== undefined) {
      await io.stderr.line(say`the trail has its beginning only: ${unrecorded.message}`);
    }
    const exitCode = await tell(context, report, false);
    if (report.stopped || unrepaired(report) === 0 || settings.quiet) return exitCode;
    await io.stderr.line(say`what is left as it was is told by: sessctl doctor --full`);
    return exitCode;
  } finally {
    progress.end();
  }
}

async function isTyped({ io, settings }: Context, { profile }: Guard, signal: AbortSignal): Promise<boolean> {
  if (settings.noInput || !io.stdin.isTTY || !io.stderr.isTerminal) {
    throw usageError(
      `this would repair indexes, and the profile ${profile} is protected: its name has to be typed`,
      `Run it on a terminal, add --confirm ${profile}, or --dry-run to see what would be done.`,
    );
  }
  const question = say`This would repair indexes. ${profile} is protected: type its name to go on: `;
  return (await ask(io, question, signal))?.trim() === profile;
}

async function tell({ io, settings, interrupts }: Context, report: IndexReport, dryRun: boolean): Promise<ExitCode> {
  const { stopped, counts, examples } = report;
  if (settings.output === "json" || settings.output === "ndjson") {
    const repair = { dryRun, stopped, ...counts, examples };
    const isWhole = settings.output === "json";
    await io.stdout.line(isWhole ? safeJson({ repair }, io.stdout.isTerminal ? 2 : undefined) : safeJson(repair));
  } else {
    for (const line of repairLines(report, dryRun)) await io.stdout.line(line);
  }
  if (stopped) return interrupts.exitCode;
  return !dryRun && counts.wrongTypes + counts.conflicts > 0 ? exitCodes.partly : exitCodes.done;
}
