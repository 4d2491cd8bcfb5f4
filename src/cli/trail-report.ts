import { grouped } from "../core/grouped.js";
import { formatDuration } from "../core/duration.js";
import type { ChainReport } from "../core/trail-chain.js";
import { rfc3339 } from "./columns.js";
import type { Context } from "./command.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { Column } from "./formats/format.js";
import { oneBatch, writeSheet } from "./output.js";
import type { Output } from "./io.js";
import { joined, say } from "./say.js";

/** Breaks shown to people. */
const breaksShown = 20;
/** Changes without an end shown to people, the latest. */
const unfinishedShown = 5;

/** The fields of a check in JSON. */
export const chainColumns: readonly Column<ChainReport>[] = [
  {
    name: "whole",
    type: "boolean",
    about: "whether the chain is as it was written",
    value: ({ breaks }) => breaks.length === 0,
  },
  { name: "entries", type: "number", about: "how many there are", value: ({ entries }) => entries },
  { name: "head", type: "text", about: "hash of the last one", value: ({ head }) => head },
  { name: "headAt", type: "time?", about: "when that was written", value: ({ headAt }) => rfc3339(headAt) },
  {
    name: "breaks",
    type: "objects",
    about: "where it is broken: number of the entry, its place in the stream, what is wrong",
    value: ({ breaks }) => breaks.map(({ n, place, what }) => ({ n, place: place ?? null, what })),
  },
  {
    name: "unfinished",
    type: "objects",
    about:
      "changes without an end, of which somebody is at it still, was killed or lost Redis: number, time, action, actor",
    value: ({ unfinished }) =>
      unfinished.map(({ n, at, deed, actor }) => ({ n, at: rfc3339(at), action: deed, actor: actor ?? null })),
  },
];

/** Says what a check of the trail found, and gives the exit code. */
export async function reportChain(context: Context, report: ChainReport): Promise<ExitCode> {
  const { io, settings } = context;
  const { breaks } = report;
  if (settings.output === undefined || settings.output === "table") await describe(context, report);
  else await writeSheet(context, { columns: chainColumns, rows: oneBatch([report]) });
  if (breaks.length === 0) return exitCodes.done;
  if (!settings.quiet) {
    await io.stderr.line(say`the trail is not what was written: keep a copy of it before anything else is changed`);
  }
  return exitCodes.found;
}

async function describe({ io }: Context, report: ChainReport): Promise<void> {
  const { entries, head, headAt, breaks } = report;
  const { stdout } = io;
  const { paint } = stdout;
  const written = headAt === undefined ? "" : `, the last of ${rfc3339(headAt) ?? "an impossible time"}`;
  const ago = headAt === undefined || !stdout.isTerminal ? "" : ` (${formatDuration(io.clock() - headAt)} ago)`;
  await stdout.line(say`entries  ${grouped(entries)}${written}${ago}`);
  await stdout.line(say`head     ${head}`);
  if (breaks.length === 0) await stdout.line(joined([say`chain    `, paint("good", say`whole`)]));
  else await describeBreaks(stdout, breaks);
  for (const { n, at, deed, actor } of report.unfinished.slice(-unfinishedShown)) {
    const began = `entry ${n}, ${deed} by ${actor ?? "-"} at ${rfc3339(at) ?? "an impossible time"}`;
    await stdout.line(joined([say`no end   `, say`${began}: runs still, or was killed or lost Redis`]));
  }
}

async function describeBreaks(stdout: Output, breaks: ChainReport["breaks"]): Promise<void> {
  const { paint } = stdout;
  const places = breaks.length === 1 ? "1 place" : `${grouped(breaks.length)} places`;
  await stdout.line(joined([say`chain    `, paint("alarm", say`broken at ${places}`)]));
  for (const { n, place, what } of breaks.slice(0, breaksShown)) {
    await stdout.line(say`  entry ${n}${place === undefined ? "" : ` at ${place}`}: ${what}`);
  }
  const more = breaks.length - breaksShown;
  if (more > 0) await stdout.line(say`  … and ${grouped(more)} more`);
}
