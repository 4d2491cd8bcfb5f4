import { type Selected, select } from "../app/select.js";
import { SessctlError } from "../core/errors.js";
import { currentActor } from "./actor.js";
import type { ChangeKind } from "./change-kind.js";
import { reportChanges } from "./change-report.js";
import type { Context } from "./command.js";
import { confirmed } from "./confirm.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { missingText } from "./missing.js";
import { oneBatch, sessionSheet, writeSheet } from "./output.js";
import { showProgress } from "./progress.js";
import { counted, say } from "./say.js";
import { type SelectorOptions, selectorOf } from "./selectors.js";

/** Options common to the commands that change sessions. */
export interface ChangeOptions extends SelectorOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly reason?: string;
}

/**
 * Changes the sessions that a command line selects. One by its id just happens; many are shown and confirmed first, and
 * then exactly those are changed.
 */
export async function runChange(
  context: Context,
  args: readonly string[],
  options: ChangeOptions,
  kind: ChangeKind,
): Promise<ExitCode> {
  const { io, settings, connection, interrupts } = context;
  const { selection, fromStdin } = await selectorOf(args, options, io);
  const directory = await connection.open();
  const reading = showProgress(context, "read");
  const selected = await select(directory, selection, io.clock(), (count) => reading.add(count));
  reading.end();
  if (selected.ids.length === 0) throw nothingSelected(selected);
  if (options.dryRun === true) return await dryRun(context, selected, kind);

  const isOneById = selection.by === "ids" && selected.ids.length === 1;
  if (
    !isOneById &&
    options.yes !== true &&
    !(await confirmed(context, selected, kind, { stdinIsTaken: fromStdin, isAll: options.all === true }))
  ) {
    await io.stderr.line(say`nothing was changed`);
    return exitCodes.failed;
  }

  const progress = showProgress(context, `to ${kind.verb}:`, selected.ids.length);
  const signal = interrupts.deferred();
  let before = 0;
  const onProgress = (done: number) => {
    progress.add(done - before);
    before = done;
  };
  const note = { actor: currentActor(), ...(options.reason === undefined ? {} : { reason: options.reason }) };
  const report = await kind.apply(directory, selected.ids, note, { signal, onProgress });
  progress.end();
  const exitCode = await reportChanges(context, selected, report, kind);
  if (signal.aborted) return exitCodes.interrupted;
  if (selected.missing.length === 0) return exitCode;
  if (!settings.quiet) await io.stderr.line(missingText(selected.missing));
  // From a list made earlier some may have ended since, which is what was wanted; an id that was typed should be there.
  return exitCode === exitCodes.done && !fromStdin ? exitCodes.partly : exitCode;
}

function nothingSelected({ missing }: Selected): SessctlError {
  if (missing.length === 0) return new SessctlError("not-found", "no session matched", { hint: "See sessctl list." });
  return new SessctlError("not-found", missingText(missing), {
    hint: "It has ended already, or is in another namespace. See sessctl list.",
  });
}

async function dryRun(context: Context, { sessions }: Selected, { verb, when }: ChangeKind): Promise<ExitCode> {
  await writeSheet(context, sessionSheet(context, oneBatch(sessions)));
  if (!context.settings.quiet) {
    await context.io.stderr.line(say`dry run: would ${verb} ${counted(sessions.length, "session")}${when}`);
  }
  return exitCodes.done;
}
