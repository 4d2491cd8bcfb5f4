import { grouped } from "../../core/grouped.js";
import { SessctlError } from "../../core/errors.js";
import type { DirectorySession } from "../../core/ports.js";
import type { Survey } from "../../layouts/detect.js";
import { layouts as allLayouts } from "../../layouts/index.js";
import { nativeCapabilities } from "../../layouts/native.js";
import type { Layout } from "../../layouts/layout.js";
import type { MappedField } from "../../layouts/mapping.js";
import { parseMapping } from "../../layouts/mapping.js";
import { type ProbedPath, probePaths } from "../../layouts/probe.js";
import type { Column } from "../formats/format.js";
import type { CliCommand, Context } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { layoutColumns, type LayoutRow, probeColumns, type ProbeRow } from "../layout-columns.js";
import { oneBatch, writeSheet } from "../output.js";
import { say } from "../say.js";
import { ofOption } from "../values.js";

/** `sessctl layouts`. */
export const layouts: CliCommand = {
  examples: [
    ["sessctl layouts", "which layouts there are, what each tells, and which are in this Redis"],
    ["sessctl layouts --probe", "which fields the sessions have, to write a --map; values are not shown"],
    ["sessctl layouts -o json | jq '.[] | select(.found > 0)'", "what is here, for a program"],
  ],
  configure(command) {
    command.option("--probe", "look into some sessions of each layout: which paths --map could name");
  },
  async run(context, _, command) {
    const { probe = false } = command.opts<{ readonly probe?: boolean }>();
    return probe ? await writeProbe(context) : await writeLayouts(context);
  },
};

async function writeLayouts(context: Context): Promise<ExitCode> {
  const survey = await surveyIfThere(context);
  const native: LayoutRow = {
    name: "native",
    title: "sessctl's own library",
    keys: `${context.settings.namespace}:*`,
    found: survey?.native,
    capabilities: nativeCapabilities,
    notes: [],
  };
  const rows = allLayouts.flatMap((layout) => {
    const here = survey?.found.filter((found) => found.layout === layout) ?? [];
    if (here.length === 0) return [rowOf(layout, layout.keys.prefix, survey && 0)];
    return here.map(({ prefix, sessions }) => rowOf(layout, prefix, sessions));
  });
  await writeSheet(context, {
    columns: forTable(context, layoutColumns),
    rows: oneBatch([native, ...rows]),
  });
  if (survey !== undefined && survey.looked < survey.keys) {
    const by = say`FOUND is an estimate, by ${grouped(survey.looked)} of ${grouped(survey.keys)} keys`;
    await note(context, by);
  }
  return exitCodes.done;
}

function rowOf({ name, title, capabilities, notes }: Layout, prefix: string, found: number | undefined): LayoutRow {
  return { name, title, keys: `${prefix}*`, found, capabilities, notes };
}

async function writeProbe(context: Context): Promise<ExitCode> {
  const survey = await context.connection.survey();
  const rows = survey.found.flatMap(({ layout, sample }): ProbeRow[] => {
    const datas = sample.flatMap(({ data }) => (data === undefined ? [] : [data]));
    const paths = probePaths(datas, layout, mappingOf(context));
    return paths.map((probed) => ({ layout: layout.name, of: sample.length, probed }));
  });
  if (rows.length === 0) {
    await note(
      context,
      say`no data of another framework's sessions was found by ${survey.looked} of ${survey.keys} keys`,
    );
    return exitCodes.nothing;
  }
  await writeSheet(context, { columns: forTable(context, probeColumns), rows: oneBatch(rows) });
  for (const { layout, sample } of survey.found) {
    const untold = missingFields.filter(({ tells }) => !sample.some(tells)).map(({ field }) => field);
    const paths = rows.filter((row) => row.layout === layout.name).map(({ probed }) => probed);
    const mapping = suggested(paths, untold);
    if (mapping !== undefined) await note(context, say`${layout.name}: perhaps --map ${mapping}`);
  }
  return exitCodes.done;
}

const missingFields: readonly {
  readonly field: MappedField;
  readonly tells: (session: DirectorySession) => boolean;
}[] = [
  { field: "user", tells: ({ user }) => user !== undefined },
  { field: "ip", tells: ({ sightings }) => sightings.some(({ ip }) => ip !== undefined) },
  { field: "ua", tells: ({ sightings }) => sightings.some(({ userAgent }) => userAgent !== undefined) },
];

/** A mapping of what no session tells yet, by the paths that are in most of them. */
function suggested(paths: readonly ProbedPath[], untold: readonly MappedField[]): string | undefined {
  const parts = untold.flatMap((field) => {
    const [best] = paths.filter(({ mayBe }) => mayBe === field).toSorted((a, b) => b.sessions - a.sessions);
    return best === undefined ? [] : [`${field}=${best.path}`];
  });
  return parts.length === 0 ? undefined : parts.join(",");
}

/** A table has what a person looks for; the other formats have all. */
function forTable<Row>({ settings }: Context, columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return (settings.output ?? "table") === "table"
    ? columns.filter(({ forPeople }) => forPeople !== undefined)
    : columns;
}

/** Without a Redis there is still something to tell. */
async function surveyIfThere(context: Context): Promise<Survey | undefined> {
  try {
    return await context.connection.survey();
  } catch (error) {
    if (!(error instanceof SessctlError) || !["unreachable", "timeout", "denied", "unavailable"].includes(error.code)) {
      throw error;
    }
    await note(context, say`${error.message}; what is in it is not told`);
    return undefined;
  }
}

function mappingOf({ settings: { map } }: Context) {
  return ofOption("--map", () => (map === undefined ? {} : parseMapping(map)));
}

async function note({ io, settings }: Context, text: ReturnType<typeof say>): Promise<void> {
  if (!settings.quiet) await io.stderr.line(io.stderr.paint("faint", text));
}
