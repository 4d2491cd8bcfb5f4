import { resolveIds } from "../../app/find.js";
import { createClientReader } from "../../clients/reader.js";
import { SessctlError } from "../../core/errors.js";
import type { DirectorySession } from "../../core/ports.js";
import { warnOfClock } from "../clock-warning.js";
import { type CliCommand, type Context } from "../command.js";
import { sessionColumns } from "../columns.js";
import { exitCodes } from "../exit-codes.js";
import type { Column } from "../formats/format.js";
import { sayUntold } from "../untold.js";
import { missingText } from "../missing.js";
import { oneBatch, writeSheet } from "../output.js";
import { readIds } from "../ids.js";
import { writeDetails } from "../session-details.js";
import { detailColumns } from "../session-detail-columns.js";

interface Options {
  readonly data?: boolean;
}

/** `sessctl show`. */
export const show: CliCommand = {
  examples: [
    ["sessctl show a3f09c2e", "lifetimes, clients, flags and data keys of one session"],
    ["sessctl show a3f09c2e --data", "the values too"],
    ["sessctl show a3f09c2e 77b0 -o json", "two sessions for a program"],
  ],
  configure(command) {
    command
      .argument("<id...>", "session ids, or 4 or more characters that begin one; - reads them from standard input")
      .option("--data", "show the values of the session's data, not only its keys");
  },
  async run(context, args, command) {
    const { data = false } = command.opts<Options>();
    const { io, connection } = context;
    const ids = await readIds(args, io);
    const directory = await connection.open();
    const clock = warnOfClock(context, directory);
    const { sessions, missing } = await resolveIds(directory, ids);
    await clock;
    if (sessions.length === 0) {
      throw new SessctlError("not-found", missingText(missing), {
        hint: "It has ended already, or is in another namespace. See sessctl list.",
      });
    }
    await write(context, sessions, data);
    await sayUntold(context);
    if (missing.length === 0) return exitCodes.done;
    await io.stderr.line(missingText(missing));
    return exitCodes.partly;
  },
};

async function write(context: Context, sessions: readonly DirectorySession[], withData: boolean): Promise<void> {
  const { io, settings } = context;
  const reader = createClientReader();
  const { output = "table" } = settings;
  if (output === "table" || output === "wide") {
    const options = { reader, now: io.clock(), utc: settings.utc, withData };
    for (const [n, session] of sessions.entries())
      await writeDetails(session, io.stdout, { ...options, first: n === 0 });
    return;
  }
  const columns: readonly Column<DirectorySession>[] = [
    ...sessionColumns(reader).filter(({ onRequest }) => onRequest !== true),
    ...detailColumns(reader, withData),
  ];
  await writeSheet(context, { columns, rows: oneBatch(sessions), idsOf: ({ id }) => [id] });
}
