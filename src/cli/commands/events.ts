import { EventFollower, type EventQuery, eventsOf } from "../../app/events.js";
import { eventTypes } from "../../core/event.js";
import { warnOfClock } from "../clock-warning.js";
import type { CliCommand, Context } from "../command.js";
import { usageError } from "../errors.js";
import { eventColumns, eventLine } from "../event-columns.js";
import { exitCodes } from "../exit-codes.js";
import { checkFollowing, follow } from "../follow.js";
import { nothingMatched } from "../meant-user.js";
import { oneBatch, writeSheet } from "../output.js";
import { countOption, repeated, sinceOption, userOption } from "../values.js";

interface Options {
  readonly since?: string;
  readonly user?: string;
  readonly type?: readonly string[];
  readonly limit?: string;
  readonly follow?: boolean;
}

/** Events shown where nobody said how many. */
const usualLimit = 100;

/** `sessctl events`. */
export const events: CliCommand = {
  examples: [
    ["sessctl events", `the last ${usualLimit} things that happened to sessions`],
    ["sessctl events --user alice --since 2h", "alice's of the last two hours"],
    ["sessctl events --type refused,replayed", "who was turned away, and who holds a dead token"],
    ["sessctl events --follow", "as they happen"],
    ["sessctl events --follow -o ndjson | jq .user", "for a program"],
  ],
  configure(command) {
    command
      .option("--since <time>", "only since then: 30m, 12h, `2h ago`, 2026-03-01T14:00:00Z")
      .option("--user <user>", "only of this user's sessions")
      .option("--type <types>", `only these, comma-separated: ${eventTypes.join(", ")}`, repeated)
      .option("--limit <n>", `at most so many, the newest; 0 is all that are kept (default: ${usualLimit})`)
      .option("-f, --follow", "go on, and show each as it comes; until Ctrl-C");
  },
  async run(context, _, command) {
    const options = command.opts<Options>();
    const query = queryOf(options, context.io.clock());
    if (options.follow !== true) return await show(context, query);
    checkFollowing(context);
    const directory = await context.connection.open({ reconnect: true });
    await warnOfClock(context, directory);
    const follower = new EventFollower(directory, query);
    return await follow(context, { next: () => follower.next(), columns: eventColumns, line: eventLine });
  },
};

async function show(context: Context, query: EventQuery): Promise<0 | 3> {
  const directory = await context.connection.open();
  const clock = warnOfClock(context, directory);
  const found = await eventsOf(directory, query);
  await clock;
  const { output = "table" } = context.settings;
  const chosen = output === "table" ? eventColumns.filter(({ forPeople }) => forPeople !== undefined) : eventColumns;
  await writeSheet(context, { columns: chosen, rows: oneBatch(found), idsOf: ({ id }) => [id] });
  if (found.length > 0) return exitCodes.done;
  await nothingMatched(context, "event", query.user);
  return exitCodes.nothing;
}

function queryOf({ since, user, type, limit }: Options, now: number): EventQuery {
  const most = limit === undefined ? usualLimit : countOption("--limit", limit);
  return {
    ...(since === undefined ? {} : { since: sinceOption("--since", since, now) }),
    ...(user === undefined ? {} : { user: userOption(user) }),
    ...(type === undefined ? {} : { types: type.map(checkedType) }),
    ...(most === 0 ? {} : { limit: most }),
  };
}

function checkedType(text: string): string {
  const name = text.toLowerCase();
  if (eventTypes.some((type) => type === name)) return name;
  throw usageError(`--type: there is no event ${JSON.stringify(text)}`, `Events: ${eventTypes.join(", ")}.`);
}
