import { grouped } from "../../core/grouped.js";
import { list as listSessions, type ListQuery } from "../../app/list.js";
import { sortKey, sortKeys } from "../../app/sort.js";
import { warnOfClock } from "../clock-warning.js";
import type { CliCommand, Context } from "../command.js";
import { usageError } from "../errors.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { geographyFor } from "../lazy-geography.js";
import { nothingMatched } from "../meant-user.js";
import { sessionSheet, writeSheet } from "../output.js";
import { type Progress, showProgress } from "../progress.js";
import { say } from "../say.js";
import { sayUntold } from "../untold.js";
import { addCriteria, type CriteriaOptions, criteriaOf } from "../selectors.js";
import { sayTooLarge } from "../too-large.js";
import { countOption, ofOption, repeated, timerOption } from "../values.js";

interface Options extends CriteriaOptions {
  readonly sort?: string;
  readonly reverse?: boolean;
  readonly limit?: string;
  readonly columns?: readonly string[];
  readonly watch?: boolean;
  readonly interval?: string;
}

/** Sessions shown where nobody said how many: about what a person looks through. */
const usualLimit = 50;
const usualInterval = "2s";

/** `sessctl list`. */
export const list: CliCommand = {
  examples: [
    ["sessctl list", "the 50 most recently active sessions"],
    ["sessctl list --user alice", "all of one user"],
    ["sessctl list --active 5m --sort user", "all active in the last five minutes, by user"],
    ["sessctl list --ip 203.0.113.0/24 --created-before '2h ago'", "from one network, older than two hours"],
    [`sessctl list --where 'user.endsWith("@example.com") && idle > duration("2h")'`, "by a filter in CEL"],
    ["sessctl list --watch --active 5m", "drawn anew every two seconds, until Ctrl-C"],
    ["sessctl list -o id", "the ids of all sessions, for another command"],
    ["sessctl list --limit 0 -o ndjson", "every session, streamed"],
    ["sessctl list --columns id,user,userAgent -o csv", "some fields for a spreadsheet"],
  ],
  configure(command) {
    addCriteria(command, "only");
    command
      .option("--sort <key>", `order: ${sortKeys.map(({ name }) => name).join(", ")} (default: lastSeenAt)`)
      .option("--reverse", "the other way round")
      .option("--limit <n>", `at most so many; 0 is all (default: ${usualLimit}; all with a choice or -o id)`)
      .option("--columns <names>", "these fields, comma-separated", repeated)
      .option("--watch", "draw it again and again, as much of it as fits the terminal; until Ctrl-C")
      .option("--interval <duration>", `with --watch: time between two looks, 1s to 1h (default: ${usualInterval})`);
  },
  async run(context, _, command) {
    const { io, settings, connection } = context;
    const options = command.opts<Options>();
    if (options.watch === true) return await watch(context, options);
    if (options.interval !== undefined) throw usageError("--interval is for --watch", "Add --watch.");
    const query = await queryOf(options, settings, io.clock());
    const progress = progressOf(context);
    const cuts: (number | undefined)[] = [];
    let clock: Promise<void> | undefined;
    // Opened by the first read, so that a mistake in the options is told without a Redis.
    async function* sessions() {
      const onRead = (count: number) => progress?.add(count);
      const onCut = (total: number | undefined) => cuts.push(total);
      const directory = await connection.open();
      clock = warnOfClock(context, directory);
      yield* listSessions(directory, query, io.clock(), { onRead, onCut });
      progress?.end();
    }
    const geo = await geographyFor(settings, ...(options.columns ?? []));
    const shown = await writeSheet(context, sessionSheet(context, sessions(), options.columns, geo));
    await clock;
    await sayTooLarge(context, query);
    if (shown === 0) {
      await nothingMatched(context, "session", query.user);
      return exitCodes.nothing;
    }
    await sayUntold(context);
    // A cut that was asked for is no news to a program; one that was not must never go unseen.
    if (cuts.length > 0 && !settings.quiet && (options.limit === undefined || io.stdout.isTerminal)) {
      const [total] = cuts;
      const part = total === undefined ? `the first ${shown}` : `${shown} of ${grouped(total)}`;
      await io.stderr.line(io.stderr.paint("faint", say`${part} shown; --limit 0 shows all`));
    }
    return exitCodes.done;
  },
};

async function watch(context: Context, options: Options): Promise<ExitCode> {
  const { checkWatching, watchList } = await import("../watch-list.js");
  checkWatching(context);
  const everyMs = timerOption("--interval", options.interval ?? usualInterval);
  const { settings } = context;
  const geo = await geographyFor(settings, ...(options.columns ?? []));
  return await watchList(context, {
    everyMs,
    queryAt: async (now) => await queryOf(options, settings, now),
    sheetOf: (rows) => sessionSheet(context, rows, options.columns, geo),
  });
}

async function queryOf(options: Options, settings: Context["settings"], now: number): Promise<ListQuery> {
  // What was asked for by name, or is on its way to another command, is wanted whole.
  const criteria = await criteriaOf(options, settings, now);
  const whole = Object.keys(criteria).length > 0 || settings.output === "id";
  const limit = options.limit === undefined ? (whole ? 0 : usualLimit) : countOption("--limit", options.limit);
  return {
    ...criteria,
    ...(options.sort === undefined ? {} : { sort: ofOption("--sort", () => sortKey(options.sort ?? "")) }),
    ...(limit === 0 ? {} : { limit }),
    reverse: options.reverse ?? false,
  };
}

/** None where the rows themselves are streamed to the terminal. */
function progressOf(context: Context): Progress | undefined {
  const streams = context.io.stdout.isTerminal && context.settings.output === "ndjson";
  return streams ? undefined : showProgress(context, "read");
}
