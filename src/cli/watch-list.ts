import { timeOfDay } from "../core/time-of-day.js";
import { grouped } from "../core/grouped.js";
import { setTimeout as delay } from "node:timers/promises";
import { list, type ListQuery } from "../app/list.js";
import type { DirectorySession, SessionDirectory } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";
import { clockWarning } from "./clock-warning.js";
import type { Context } from "./command.js";
import { usageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Sheet } from "./formats/format.js";
import { table } from "./formats/table.js";
import type { Output } from "./io.js";
import { oneBatch } from "./output.js";
import { isPassing } from "./passing.js";
import { Redraw } from "./redraw.js";
import { say } from "./say.js";
import { wrapped } from "./wrap.js";

/** What a list is drawn from, again and again. */
export interface WatchedList {
  /** What to list at `now` (ms); its limit is the terminal's when it has none. */
  readonly queryAt: (now: number) => Promise<ListQuery>;
  readonly sheetOf: (rows: AsyncIterable<readonly DirectorySession[]>) => Sheet<DirectorySession>;
  readonly everyMs: number;
}

/** Lines of a frame that are no sessions: its own, the headings, and the one the cursor is on. */
const otherLines = 3;

/** Throws a usage error where there is no terminal to draw on, or for a form of output that is not drawn. */
export function checkWatching({ io, settings: { output } }: Pick<Context, "io" | "settings">): void {
  if (!io.stdout.isTerminal) {
    throw usageError(
      "--watch draws on a terminal, and this is none",
      "For a program: sessctl events --follow -o ndjson.",
    );
  }
  if (output === undefined || output === "table") return;
  throw usageError(`--watch draws a table, not ${output}`, "Leave -o out, or leave --watch out.");
}

/** Draws a list until Ctrl-C, each time anew. When Redis goes away the last one stays, with a word on since when. */
export async function watchList(context: Pick<Context, "io" | "connection">, watched: WatchedList): Promise<ExitCode> {
  const { io, connection } = context;
  const { stdout } = io;
  const directory = await connection.open({ reconnect: true });
  const clock = await clockWarning(io.clock, directory);
  const warning = clock === undefined ? [] : wrapped(say`warning: ${clock}`, stdout.width);
  const redraw = new Redraw(stdout);
  let body: readonly SafeText[] | undefined;
  let awaySince: number | undefined;
  while (!stdout.closed) {
    const now = io.clock();
    let state = say`every ${watched.everyMs / 1000}s, last at ${timeOfDay(now)}`;
    try {
      const { rows, total } = await look(
        directory,
        watched,
        now,
        Math.max(1, stdout.height - otherLines - warning.length),
      );
      body = await tableLines(watched.sheetOf(oneBatch(rows)), stdout, now);
      awaySince = undefined;
      if (total !== undefined) state = say`${state}, ${rows.length} of ${grouped(total)} shown`;
    } catch (error) {
      // What cannot be reached at all is told at once, as by every other command.
      if (body === undefined || !isPassing(error)) throw error;
      awaySince ??= now;
      state = say`no answer since ${timeOfDay(awaySince)}, trying again: ${error.message}`;
    }
    const style = awaySince === undefined ? "faint" : "warning";
    const [headline = say``] = wrapped(state, stdout.width);
    const warnings = warning.map((line) => stdout.paint("warning", line));
    await redraw.draw([stdout.paint(style, headline), ...warnings, ...body]);
    await delay(watched.everyMs);
  }
  return exitCodes.done;
}

interface Look {
  readonly rows: readonly DirectorySession[];
  /** How many match, where the limit left some out and it is known. */
  readonly total: number | undefined;
}

async function look(directory: SessionDirectory, { queryAt }: WatchedList, now: number, most: number): Promise<Look> {
  const query = await queryAt(now);
  const limit = Math.min(query.limit ?? most, most);
  const rows: DirectorySession[] = [];
  const totals: (number | undefined)[] = [];
  const onCut = (total: number | undefined) => totals.push(total);
  for await (const some of list(directory, { ...query, limit }, now, { onCut })) rows.push(...some);
  return { rows, total: totals[0] };
}

async function tableLines<Row>(sheet: Sheet<Row>, output: Output, now: number): Promise<readonly SafeText[]> {
  const lines: SafeText[] = [];
  const keep = (text: SafeText) => Promise.resolve(void lines.push(text));
  const flush = () => Promise.resolve();
  const drawn = { ...output, isTerminal: true, width: output.width, closed: false, write: keep, line: keep, flush };
  await table.write(sheet, { output: drawn, now, csvRaw: false });
  return lines.length === 0 ? [say`no session matched`] : lines;
}
