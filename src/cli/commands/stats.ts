import { collectStats, type Counted, type Dimension, dimensions, type Stats } from "../../app/stats/index.js";
import { createClientReader } from "../../clients/reader.js";
import { safeJson } from "../../core/safe-text.js";
import type { Json } from "../../core/session.js";
import { rfc3339 } from "../columns.js";
import { warnOfClock } from "../clock-warning.js";
import type { CliCommand, Context } from "../command.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";
import { recordOf } from "../formats/record.js";
import { geography } from "../lazy-geography.js";
import { nothingMatched } from "../meant-user.js";
import { oneBatch, writeSheet } from "../output.js";
import { showProgress } from "../progress.js";
import { addCriteria, type CriteriaOptions, criteriaOf } from "../selectors.js";
import { statsColumns, statsRows } from "../stats-columns.js";
import { writeStatsPicture } from "../stats-picture.js";
import { sayTooLarge } from "../too-large.js";
import { countOption, repeated } from "../values.js";

interface Options extends CriteriaOptions {
  readonly by?: readonly string[];
  readonly top: string;
  readonly ascii?: boolean;
}

/** `sessctl stats`. */
export const stats: CliCommand = {
  examples: [
    ["sessctl stats", "what the sessions are like, in pictures"],
    ["sessctl stats --by country --by browser --top 20", "only these, with more of each"],
    ["sessctl stats --by age --where 'level == \"aal2\"'", "how old those are of which a filter holds"],
    ["sessctl stats --by user --top 0 -o csv", "how many sessions each user has, for a spreadsheet"],
    ["sessctl stats -o json | jq .stats.sessions", "for a program"],
  ],
  sections: [{ title: "Dimensions", rows: dimensions.map(({ name, about }) => [name, about]) }],
  configure(command) {
    command.option("--by <dimension>", "count by this only (may be repeated, or comma-separated)", repeated);
    addCriteria(command, "only");
    command
      .option("--top <n>", "the most frequent of each, at most so many; 0 is all", "10")
      .option("--ascii", "no signs but those of ASCII");
  },
  async run(context, _, command) {
    const { io, settings, connection } = context;
    const options = command.opts<Options>();
    const chosen = options.by === undefined ? dimensions : chosenOf(options.by);
    if (settings.output === "id") throw usageError("stats has no ids", "Use sessctl list -o id.");
    const top = countOption("--top", options.top);
    const now = io.clock();
    const criteria = await criteriaOf(options, settings, now);
    const geo = chosen.some(({ lacks }) => lacks !== undefined) ? await geography(settings) : undefined;
    const directory = await connection.open();
    const clock = warnOfClock(context, directory);
    const progress = showProgress(context, "counted");
    const view = { now, reader: createClientReader(), geo };
    const query = { criteria, dimensions: chosen, top };
    const collected = await collectStats(directory, query, view, (count) => progress.add(count));
    progress.end();
    await clock;
    await sayTooLarge(context, criteria);
    if (collected.sessions === 0) {
      await nothingMatched(context, "session", criteria.user);
      return exitCodes.nothing;
    }
    await write(context, collected, now, options.ascii === true || io.env["TERM"] === "dumb");
    return exitCodes.done;
  },
};

function chosenOf(names: readonly string[]): readonly Dimension[] {
  return [...new Set(names.map((name) => name.toLowerCase()))].map((name) => {
    const found = dimensions.find((dimension) => dimension.name === name);
    if (found !== undefined) return found;
    const known = dimensions.map((dimension) => dimension.name).join(", ");
    throw usageError(`--by: there is no dimension ${JSON.stringify(name)}`, `Dimensions: ${known}.`);
  });
}

async function write(context: Context, collected: Stats, at: number, ascii: boolean): Promise<void> {
  const { io, settings } = context;
  switch (settings.output ?? "table") {
    case "table":
    case "wide":
      return await writeStatsPicture(collected, io.stdout, ascii);
    case "json":
      return await io.stdout.line(safeJson(asJson(collected, at), io.stdout.isTerminal ? 2 : undefined));
    default: {
      const rows = collected.counted.flatMap((counted) => statsRows(counted, collected));
      await writeSheet(context, { columns: statsColumns, rows: oneBatch(rows) });
    }
  }
}

function asJson({ counted, ...totals }: Stats, at: number): Json {
  const { sessions, users, usersCut, anonymous, corrupt } = totals;
  return {
    stats: { at: rfc3339(at), sessions, users, usersCut, anonymous, corrupt },
    dimensions: counted.map(dimensionJson),
    counts: counted.flatMap((one) => statsRows(one, totals)).map((row) => recordOf(row, statsColumns)),
  };
}

function dimensionJson({ dimension, known, unknown, ...told }: Counted): Json {
  const common = { dimension: dimension.name, known, unknown };
  if ("lacks" in told) return { ...common, lacks: told.lacks };
  if ("words" in told) return { ...common, distinct: told.words.distinct, cut: told.words.cut };
  const { least, mean, most, never } = told.numbers;
  return { ...common, unit: unitOf(dimension), least: least ?? null, mean: mean ?? null, most: most ?? null, never };
}

function unitOf(dimension: Dimension): string | null {
  return dimension.kind === "numbers" ? dimension.unit : null;
}
