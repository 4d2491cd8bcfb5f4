import { list as listSessions, type ListQuery } from "../../app/list.js";
import { sortKey, sortKeys } from "../../app/sort.js";
import type { CliCommand, Context } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { sessionSheet, writeSheet } from "../output.js";
import { type Progress, showProgress } from "../progress.js";
import { say } from "../say.js";
import { countOption, durationOption, ofOption } from "../values.js";

interface Options {
  readonly user?: string;
  readonly active?: string;
  readonly sort?: string;
  readonly reverse?: boolean;
  readonly limit: string;
  readonly columns?: string;
}

/** `sessctl list`. */
export const list: CliCommand = {
  examples: [
    ["sessctl list", "the 50 most recently active sessions"],
    ["sessctl list --user alice", "all of one user"],
    ["sessctl list --active 5m --sort user", "active in the last five minutes, by user"],
    ["sessctl list --limit 0 -o ndjson", "every session, streamed"],
    ["sessctl list --columns id,user,userAgent -o csv", "some fields for a spreadsheet"],
  ],
  configure(command) {
    command
      .option("--user <user>", "only this user's")
      .option("--active <duration>", "only those with a request in the last 90s, 30m, 12h, 7d")
      .option("--sort <key>", `order: ${sortKeys.map(({ name }) => name).join(", ")} (default: lastSeenAt)`)
      .option("--reverse", "the other way round")
      .option("--limit <n>", "at most so many; 0 is all", "50")
      .option("--columns <names>", "these fields, comma-separated");
  },
  async run(context, _, command) {
    const { io, settings, connection } = context;
    const options = command.opts<Options>();
    const query = queryOf(options);
    const progress = progressOf(context);
    // Opened by the first read, so that a mistake in the options is told without a Redis.
    async function* sessions() {
      yield* listSessions(await connection.open(), query, io.clock(), (count) => progress?.add(count));
      progress?.end();
    }
    const shown = await writeSheet(context, sessionSheet(context, sessions(), options.columns));
    if (shown === 0) {
      if (!settings.quiet) await io.stderr.line(say`no session matched`);
      return exitCodes.nothing;
    }
    if (shown === query.limit && query.user === undefined && io.stdout.isTerminal && !settings.quiet) {
      await io.stderr.line(io.stderr.paint("faint", say`the first ${shown}; --limit 0 shows all`));
    }
    return exitCodes.done;
  },
};

function queryOf(options: Options): ListQuery {
  const limit = countOption("--limit", options.limit);
  return {
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.active === undefined ? {} : { activeMs: durationOption("--active", options.active) }),
    ...(options.sort === undefined ? {} : { sort: ofOption("--sort", () => sortKey(options.sort ?? "")) }),
    ...(limit === 0 ? {} : { limit }),
    reverse: options.reverse ?? false,
  };
}

/** None where the rows themselves are streamed to the terminal. */
function progressOf(context: Context): Progress | undefined {
  const streams = context.io.stdout.isTerminal && (context.settings.output ?? "table") !== "table";
  return streams ? undefined : showProgress(context, "read");
}
