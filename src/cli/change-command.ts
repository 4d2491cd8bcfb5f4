import type { Order } from "../app/change.js";
import type { Recorded } from "../app/recorded.js";
import { type Selected, select } from "../app/select.js";
import { SessctlError } from "../core/errors.js";
import { currentActor } from "./actor.js";
import type { ChangeKind } from "./change-kind.js";
import { type ChangeOptions, checkedReason, replicasOption } from "./change-options.js";
import { reportChanges } from "./change-report.js";
import { warnOfClock } from "./clock-warning.js";
import type { Context } from "./command.js";
import { confirmed } from "./confirm.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { isNamed, refuseReadOnly } from "./guard.js";
import { meantUser } from "./meant-user.js";
import { missingText } from "./missing.js";
import { oneBatch, sessionSheet, writeSheet } from "./output.js";
import { showProgress } from "./progress.js";
import { waitForReplicas } from "./replicas.js";
import { counted, say } from "./say.js";
import { selectionText } from "./selection-text.js";
import { selectorOf } from "./selectors.js";
import { sayTooLarge } from "./too-large.js";

/**
 * Changes the sessions that a command line selects. One by its id just happens; many are shown and confirmed first, and
 * then exactly those are changed. What is done is in the trail before it happens.
 */
export async function runChange(
  context: Context,
  args: readonly string[],
  options: ChangeOptions,
  kind: ChangeKind,
): Promise<ExitCode> {
  const { io, settings, connection, interrupts, guard } = context;
  const replicas = replicasOption(options.wait);
  const reason = checkedReason(options.reason);
  if (options.dryRun !== true) refuseReadOnly(guard);
  const isProfileNamed = isNamed(guard, options.confirm);
  const { selection, fromStdin } = await selectorOf(args, options, context);
  const directory = await connection.open();
  const listedAt = io.clock();
  const reading = showProgress(context, "read");
  const [selected] = await Promise.all([
    select(directory, selection, listedAt, (count) => reading.add(count)),
    warnOfClock(context, directory),
  ]);
  reading.end();
  if (selection.by === "criteria") await sayTooLarge(context, selection.criteria);
  if (selected.ids.length === 0) throw await nothingSelected(context, selected, options.user);
  const caveat = kind.caveat?.(directory.capabilities);
  if (caveat !== undefined && !settings.quiet) await io.stderr.line(caveat);
  if (options.dryRun === true) return await dryRun(context, selected, kind);

  // From here on Ctrl-C has something to say.
  const signal = interrupts.deferred();
  const isOneById = selection.by === "ids" && selected.ids.length === 1;
  const asked = { isAll: options.all === true, isOneById, yes: options.yes === true, isProfileNamed };
  const how = { stdinIsTaken: fromStdin, signal, ...asked };
  if (!(await confirmed(context, selected, kind, how))) {
    await io.stderr.line(say`nothing was changed`);
    return signal.aborted ? interrupts.exitCode : exitCodes.failed;
  }

  const order = { ids: selected.ids, actor: currentActor(io.env), reason, selection: selectionText(args, options) };
  const report = await apply(context, { ...order, sessions: selected.sessions, listedAt }, kind, signal);
  const exitCode = await reportChanges(context, selected, report, kind);
  if (signal.aborted) return interrupts.exitCode;
  const isChanged = report.changes.some(({ outcome }) => outcome === "revoked" || outcome === "expired");
  const isConfirmed =
    replicas === undefined || !isChanged || (await waitForReplicas(context, directory, replicas, signal));
  if (signal.aborted) return interrupts.exitCode;
  if (selected.missing.length > 0 && !settings.quiet) await io.stderr.line(missingText(selected.missing));
  // From a list made earlier some may have ended since, which is what was wanted; an id that was typed should be there.
  const isWhole = isConfirmed && (selected.missing.length === 0 || fromStdin);
  return exitCode === exitCodes.done && !isWhole ? exitCodes.partly : exitCode;
}

async function apply(
  context: Context,
  order: Order & Pick<Selected, "sessions"> & { readonly listedAt: number },
  kind: ChangeKind,
  signal: AbortSignal,
): Promise<Recorded> {
  const { connection } = context;
  const desk = { directory: await connection.open(), trail: await connection.openTrail() };
  const progress = showProgress(context, "done", order.ids.length);
  let before = 0;
  const onProgress = (done: number) => {
    progress.add(done - before);
    before = done;
  };
  try {
    return await kind.apply(desk, order, { signal, onProgress });
  } finally {
    progress.end();
  }
}

async function nothingSelected(context: Context, { missing }: Selected, user?: string): Promise<SessctlError> {
  if (missing.length === 0) {
    const meant = await meantUser(context, user);
    const what = meant === undefined ? "no session matched" : `no session matched; ${meant}`;
    return new SessctlError("not-found", what, { hint: "See sessctl list." });
  }
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
