import { grouped } from "../core/grouped.js";
import type { Selected } from "../app/select.js";
import { createClientReader } from "../clients/reader.js";
import type { SafeText } from "../core/safe-text.js";
import type { ChangeKind } from "./change-kind.js";
import { chosenColumns, sessionColumns } from "./columns.js";
import type { Context } from "./command.js";
import { usageError } from "./errors.js";
import { table } from "./formats/table.js";
import { ask } from "./io.js";
import { keyboardOf } from "./keyboard.js";
import { oneBatch } from "./output.js";
import { counted, say } from "./say.js";

/** Sessions shown as examples. */
const examples = 5;

/** What decides whether and how it is asked. */
export interface ConfirmOptions {
  /** Whether standard input was read for ids, so that the answer has to come from the terminal itself. */
  readonly stdinIsTaken: boolean;
  readonly isAll: boolean;
  readonly isOneById: boolean;
  /** Whether `--yes` was given. */
  readonly yes: boolean;
  /** Whether the command line names the protected profile, so that nobody has to type it. */
  readonly isProfileNamed: boolean;
  /** Aborted by Ctrl-C: then the answer is no. */
  readonly signal: AbortSignal;
}

/**
 * Shows what would change and asks, unless it is one session by its id or `--yes` was given. Of every session there is a
 * person types the number, `--yes` or not: it stands in the history of their shell. A protected profile wants its name,
 * whatever was given; `--confirm` says it too, and is as good as a number. Where nobody can answer, what `--yes` does not
 * answer is a usage error.
 */
export async function confirmed(
  context: Context,
  { sessions }: Selected,
  { verb, when }: ChangeKind,
  options: ConfirmOptions,
): Promise<boolean> {
  const { io, settings, guard } = context;
  const isProtected = guard?.protected === true && !options.isProfileNamed;
  const wantsNumber = options.isAll && !options.isProfileNamed;
  if (!isProtected && (options.isOneById || (options.yes && !wantsNumber))) return true;
  const keyboard = settings.noInput ? undefined : keyboardOf(io, options.stdinIsTaken);
  if (!isProtected && options.yes && keyboard === undefined) return true;
  const users = new Set(sessions.map(({ user }) => user));
  const whose = users.size === 1 && !users.has(undefined) ? say`${[...users][0] ?? ""}` : counted(users.size, "user");
  const what = say`${verb} ${counted(sessions.length, "session")} of ${whose}${when}`;
  if (keyboard === undefined) {
    throw isProtected
      ? usageError(
          `this would ${what}, and the profile ${guard.profile} is protected: its name has to be typed`,
          `Run it on a terminal, add --confirm ${guard.profile}, or --dry-run to see which.`,
        )
      : usageError(`this would ${what}, which nobody can confirm here`, "Add --yes, or --dry-run to see which.");
  }
  try {
    await showExamples(context, sessions);
    const answer = async (question: SafeText) => {
      const typed = await ask({ stdin: keyboard.input, stderr: io.stderr }, question, options.signal);
      // The terminal's cursor stands behind the question still.
      if (typed === undefined) await io.stderr.line(say``);
      return typed?.trim() ?? "";
    };
    if (isProtected) {
      const question = say`This would ${what}. ${guard.profile} is protected: type its name to go on: `;
      return (await answer(question)) === guard.profile;
    }
    if (wantsNumber) {
      // Nobody ends every session by a reflex.
      if (options.yes)
        await io.stderr.line(say`--yes does not answer for --all on a terminal; a script adds --no-input.`);
      const typed = await answer(say`This would ${what}. Type the number of sessions to go on: `);
      return typed.replaceAll(/[\s,._']/g, "") === String(sessions.length);
    }
    return /^y(es)?$/i.test(await answer(say`${what[0]?.toUpperCase() ?? ""}${what.slice(1)}? [y/N] `));
  } finally {
    keyboard.close();
  }
}

async function showExamples({ io, settings }: Context, sessions: Selected["sessions"]): Promise<void> {
  await table.write(
    {
      columns: chosenColumns(sessionColumns(createClientReader()), ["id", "user", "ip", "client", "lastSeenAt"]),
      rows: oneBatch(sessions.slice(0, examples)),
      idsOf: ({ id }) => [id],
    },
    { output: io.stderr, now: io.clock(), csvRaw: settings.csvRaw },
  );
  const rest = sessions.length - examples;
  if (rest > 0) await io.stderr.line(say`… and ${grouped(rest)} more`);
}
