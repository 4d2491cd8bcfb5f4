import { grouped } from "../core/grouped.js";
import { abbreviate } from "../app/abbreviate.js";
import type { Recorded } from "../app/recorded.js";
import type { Selected } from "../app/select.js";
import type { Change } from "../core/ports.js";
import { safe } from "../core/safe-text.js";
import type { ChangeKind } from "./change-kind.js";
import type { Context } from "./command.js";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.js";
import type { Column } from "./formats/format.js";
import { oneBatch, writeSheet } from "./output.js";
import { counted, say } from "./say.js";

/** Kinds of failures shown. */
const failuresShown = 10;
/** Sessions named that failed alike. */
const idsShown = 5;

interface ChangeRow extends Change {
  readonly user: string | undefined;
}

/** The fields of what became of one session in JSON. */
export const changeColumns: readonly Column<ChangeRow>[] = [
  { name: "id", type: "id", about: "the session", value: ({ id }) => id },
  { name: "user", type: "text?", about: "whose it is", value: ({ user }) => user ?? null },
  {
    name: "outcome",
    type: "text",
    about: "revoked, expired, unchanged, gone or failed",
    value: ({ outcome }) => outcome,
  },
  { name: "error", type: "text?", about: "why it failed", value: ({ error }) => error?.message ?? null },
];

/** Says what became of each session, and gives the exit code. Throws what made all of it impossible. */
export async function reportChanges(
  context: Pick<Context, "io" | "settings">,
  { sessions }: Selected,
  report: Recorded,
  kind: Pick<ChangeKind, "did">,
): Promise<ExitCode> {
  const { changes, left, error, unrecorded, notRemoved = 0 } = report;
  const users = new Map(sessions.map(({ id, user }) => [id, user]));
  const rows = changes.map((change): ChangeRow => ({ ...change, user: users.get(change.id) }));
  const changed = rows.filter(({ outcome }) => outcome === "revoked" || outcome === "expired");
  const unchanged = rows.filter(({ outcome }) => outcome === "unchanged").length;
  const gone = rows.filter(({ outcome }) => outcome === "gone").length;
  const failed = rows.filter(({ outcome }) => outcome === "failed");
  if (error !== undefined && changes.length === 0) throw error;

  const { io, settings } = context;
  const shorten = abbreviate(sessions.map(({ id }) => id));
  if (settings.output === "id") {
    await writeSheet(context, { columns: changeColumns, rows: oneBatch(changed), idsOf: ({ id }) => [id] });
  } else if (settings.output !== undefined && settings.output !== "table") {
    await writeSheet(context, { columns: changeColumns, rows: oneBatch(rows), idsOf: ({ id }) => [id] });
  } else if (changed.length > 0) {
    const [one] = changed;
    const whose = new Set(changed.map(({ user }) => user));
    const what =
      changed.length === 1 && one !== undefined
        ? say`${shorten(one.id)} (${one.user ?? "anonymous"})`
        : say`${counted(changed.length, "session")} of ${counted(whose.size, "user")}`;
    if (!settings.quiet) await io.stdout.line(kind.did(what));
  }

  if (unchanged > 0) await io.stderr.line(say`${counted(unchanged, "session")} would end sooner already: unchanged`);
  if (gone > 0) await io.stderr.line(say`${counted(gone, "session")} had ended meanwhile`);
  const alike = [...failuresOf(failed).values()];
  for (const rows of alike.slice(0, failuresShown)) {
    const ids = rows.slice(0, idsShown).map(({ id }) => shorten(id));
    const which =
      rows.length === 1
        ? ids.join("")
        : `${counted(rows.length, "session")} (${ids.join(", ")}${rows.length > idsShown ? ", …" : ""})`;
    const { message, hint } = rows[0]?.error ?? {};
    await io.stderr.line(say`${which} failed: ${message ?? "for an unknown reason"}`);
    if (hint !== undefined) await io.stderr.line(say`  try: ${hint}`);
  }
  const untold = alike.slice(failuresShown).flat().length;
  if (untold > 0) await io.stderr.line(say`… and ${untold} more failed`);
  if (left.length > 0) {
    const why = error === undefined ? "interrupted" : safe(error.message);
    const [done, rest] = [changes.length, left.length].map(grouped);
    await io.stderr.line(say`${why}: ${done ?? ""} done, ${rest ?? ""} left; running it again is safe`);
  }
  if (notRemoved > 0) {
    await io.stderr.line(
      say`${counted(notRemoved, "session")} of them ended by the cutoff and are still stored: sessctl doctor --repair removes what is left`,
    );
  }
  if (unrecorded !== undefined) await io.stderr.line(say`the trail has no end of this: ${unrecorded.message}`);

  if (failed.length === 0 && left.length === 0 && unrecorded === undefined) {
    return changed.length + unchanged > 0 ? exitCodes.done : exitCodes.nothing;
  }
  if (changed.length + unchanged > 0) return exitCodes.partly;
  const why = error ?? failed[0]?.error;
  return why === undefined ? exitCodes.failed : exitCodeOf(why.code);
}

/** What failed, those together that failed alike. */
function failuresOf(failed: readonly ChangeRow[]): ReadonlyMap<string, readonly ChangeRow[]> {
  const alike = new Map<string, ChangeRow[]>();
  for (const row of failed) {
    const message = row.error?.message ?? "";
    const known = alike.get(message);
    if (known === undefined) alike.set(message, [row]);
    else known.push(row);
  }
  return alike;
}
