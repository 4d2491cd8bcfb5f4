import { setTimeout as delay } from "node:timers/promises";
import { safeJson, type SafeText } from "../core/safe-text.js";
import type { Context } from "./command.js";
import { usageError } from "./errors.js";
import { exitCodes } from "./exit-codes.js";
import type { Column } from "./formats/format.js";
import { recordOf } from "./formats/record.js";
import type { Paint } from "./paint.js";
import { isPassing } from "./passing.js";
import { say } from "./say.js";

/** How often a follower looks. */
const everyMs = 1000;

/** What is followed, and how a line of it looks. */
export interface Followed<Row> {
  /** What has come since the last call, oldest first. After a failure the next call tells what was missed. */
  readonly next: () => Promise<readonly Row[]>;
  readonly columns: readonly Column<Row>[];
  /** A row for people. */
  readonly line: (row: Row, paint: Paint) => SafeText;
}

/** Throws a usage error for a form of output that cannot be written line by line. */
export function checkFollowing({ settings: { output } }: Pick<Context, "settings">): void {
  if (output === undefined || output === "table" || output === "ndjson") return;
  throw usageError(`--follow writes lines, not ${output}`, "Leave -o out, or use -o ndjson.");
}

/** Shows rows as they come, one a line, until the reader or the user has had enough. When Redis goes away it waits and goes on. */
export async function follow<Row>(
  { io, settings }: Pick<Context, "io" | "settings">,
  { next, columns, line }: Followed<Row>,
): Promise<0> {
  let away = false;
  for (let first = true; !io.stdout.closed; first = false) {
    try {
      for (const row of await next()) {
        await io.stdout.line(
          settings.output === "ndjson" ? safeJson(recordOf(row, columns)) : line(row, io.stdout.paint),
        );
      }
      if (away) await io.stderr.line(say`Redis is back`);
      away = false;
    } catch (error) {
      // What cannot be reached at all is told at once, as by every other command.
      if (first || !isPassing(error)) throw error;
      if (!away) await io.stderr.line(say`${error.message}; trying again`);
      away = true;
    }
    await delay(everyMs);
  }
  return exitCodes.done;
}
