import { TrailFollower, trailOf, type TrailQuery } from "../../app/trail.js";
import { warnOfClock } from "../clock-warning.js";
import type { CliCommand, Context } from "../command.js";
import { usageError } from "../errors.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { checkFollowing, follow } from "../follow.js";
import { oneBatch, writeSheet } from "../output.js";
import { showProgress } from "../progress.js";
import { say } from "../say.js";
import { trailColumns, trailLine } from "../trail-columns.js";
import { reportChain } from "../trail-report.js";
import { countOption, sinceOption } from "../values.js";

interface Options {
  readonly since?: string;
  readonly by?: string;
  readonly limit?: string;
  readonly follow?: boolean;
  readonly verify?: boolean;
  readonly head?: string;
}

const noTrail = say`there is no trail: nothing was changed yet, or all of it was removed`;

/** Shown where nobody said how many. */
const usualLimit = 100;

/** `sessctl trail`. */
export const trail: CliCommand = {
  examples: [
    ["sessctl trail", `the last ${usualLimit} changes: when, who, what, how many, why`],
    ["sessctl trail --by alice --since 7d", "alice's of the last week"],
    ["sessctl trail --follow", "as they happen"],
    ["sessctl trail -o json", "with the ids of the sessions"],
    ["sessctl trail --verify", "check that nothing in it was changed; exit 10 when something was"],
    ["sessctl trail --verify -o json | jq -r '.[0].head'", "the last hash, to be kept where nobody can change it"],
    ["sessctl trail --verify --head $HASH", "check also that such a hash is still in it"],
  ],
  configure(command) {
    command
      .option("--since <time>", "only since then: 30m, 12h, `2h ago`, 2026-03-01T14:00:00Z")
      .option("--by <operator>", "only what this operator did: alice, or alice@host")
      .option("--limit <n>", `at most so many, the newest; 0 is all (default: ${usualLimit})`)
      .option("-f, --follow", "go on, and show each as it begins and as it ends; until Ctrl-C")
      .option("--verify", "check the chain of hashes instead; tells where it is broken")
      .option("--head <hash>", "with --verify: a hash that was the last one once, and must still be in the chain");
  },
  async run(context, _, command) {
    const options = command.opts<Options>();
    if (options.verify === true) return await verify(context, options);
    if (options.head !== undefined) throw usageError("--head is for --verify", "Add --verify.");
    const query = queryOf(options, context.io.clock());
    if (options.follow !== true) return await show(context, query);
    checkFollowing(context);
    const trail = await context.connection.openTrail({ reconnect: true });
    await warnOfClock(context, trail);
    const follower = new TrailFollower(trail, query);
    return await follow(context, { next: () => follower.next(), columns: trailColumns, line: trailLine });
  },
};

async function show(context: Context, query: TrailQuery): Promise<ExitCode> {
  const { io, settings, connection } = context;
  const trail = await connection.openTrail();
  const clock = warnOfClock(context, trail);
  const { done, unreadable } = await trailOf(trail, query);
  await clock;
  const { output = "table" } = settings;
  const chosen = output === "table" ? trailColumns.filter(({ forPeople }) => forPeople !== undefined) : trailColumns;
  await writeSheet(context, { columns: chosen, rows: oneBatch(done), idsOf: ({ ids }) => ids });
  if (unreadable > 0) {
    await io.stderr.line(
      say`${unreadable} ${unreadable === 1 ? "entry" : "entries"} could not be read: sessctl trail --verify says why`,
    );
  }
  if (done.length > 0) return exitCodes.done;
  const isNarrowed = query.since !== undefined || query.actor !== undefined;
  if (!settings.quiet) await io.stderr.line(isNarrowed ? say`no change matched` : noTrail);
  return exitCodes.nothing;
}

async function verify(context: Context, { since, by, limit, follow: follows, head }: Options): Promise<ExitCode> {
  if (since !== undefined || by !== undefined || limit !== undefined || follows === true) {
    throw usageError("--verify checks the whole trail", "Leave --since, --by, --limit and --follow out.");
  }
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) {
    throw usageError(
      "--head: that is not a hash",
      "It is the head that an earlier --verify printed: 64 hex characters.",
    );
  }
  if (context.settings.output === "id") {
    throw usageError("--verify has no output id", "Leave -o out, or use -o json.");
  }
  const trail = await context.connection.openTrail();
  const progress = showProgress(context, "checked", undefined, "entries");
  const report = await trail.verify(head, (entries) => progress.add(entries));
  progress.end();
  if (report !== undefined) return await reportChain(context, report);
  if (!context.settings.quiet) await context.io.stderr.line(noTrail);
  return exitCodes.nothing;
}

function queryOf({ since, by, limit }: Options, now: number): TrailQuery {
  const most = limit === undefined ? usualLimit : countOption("--limit", limit);
  return {
    ...(since === undefined ? {} : { since: sinceOption("--since", since, now) }),
    ...(by === undefined ? {} : { actor: by }),
    ...(most === 0 ? {} : { limit: most }),
  };
}
