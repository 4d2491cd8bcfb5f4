import type { Selected } from "../app/select.js";
import type { ChangeKind } from "./change-kind.js";
import type { Context } from "./command.js";
import { sessionColumns, chosenColumns } from "./columns.js";
import { usageError } from "./errors.js";
import { table } from "./formats/table.js";
import { ask } from "./io.js";
import { oneBatch } from "./output.js";
import { counted, say } from "./say.js";
import { createClientReader } from "../clients/reader.js";

/** Sessions shown as examples. */
const examples = 5;

/** Shows what would change and asks, for every session there is by its number. Where nobody can answer it is a usage error: then `--yes` is needed. */
export async function confirmed(
  { io, settings }: Context,
  { sessions }: Selected,
  { verb, when }: ChangeKind,
  { stdinIsTaken, isAll }: { readonly stdinIsTaken: boolean; readonly isAll: boolean },
): Promise<boolean> {
  const users = new Set(sessions.map(({ user }) => user));
  const whose = users.size === 1 && !users.has(undefined) ? say`${[...users][0] ?? ""}` : counted(users.size, "user");
  const what = say`${verb} ${counted(sessions.length, "session")} of ${whose}${when}`;
  if (settings.noInput || stdinIsTaken || !io.stdin.isTTY || !io.stderr.isTerminal) {
    throw usageError(`this would ${what}, which nobody can confirm here`, "Add --yes, or --dry-run to see which.");
  }
  await table.write(
    {
      columns: chosenColumns(sessionColumns(createClientReader()), "id,user,ip,client,lastSeenAt"),
      rows: oneBatch(sessions.slice(0, examples)),
      idsOf: ({ id }) => [id],
    },
    { output: io.stderr, now: io.clock(), csvRaw: settings.csvRaw },
  );
  const rest = sessions.length - examples;
  if (rest > 0) await io.stderr.line(say`… and ${rest} more`);
  if (isAll) {
    // Nobody ends every session by a reflex.
    const count = String(sessions.length);
    return (await ask(io, say`This would ${what}. Type the number of sessions to go on: `))?.trim() === count;
  }
  const answer = await ask(io, say`${what[0]?.toUpperCase() ?? ""}${what.slice(1)}? [y/N] `);
  return answer !== undefined && /^y(es)?$/i.test(answer);
}
