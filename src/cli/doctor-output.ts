import type { DoctorReport } from "../app/doctor.js";
import type { Result } from "../doctor/index.js";
import { safeJson } from "../core/safe-text.js";
import type { Json } from "../core/session.js";
import { rfc3339 } from "./columns.js";
import type { Context } from "./command.js";
import { writeDoctorTable } from "./doctor-table.js";
import type { Column } from "./formats/format.js";
import { recordOf } from "./formats/record.js";
import { oneBatch, writeSheet } from "./output.js";

/** The fields of what a check came to in JSON. */
export const checkColumns: readonly Column<Result>[] = [
  { name: "check", type: "text", about: "which check it is", value: ({ check }) => check },
  {
    name: "group",
    type: "text",
    about: "memory, persistence, access, server, replication or indexes",
    value: ({ group }) => group,
  },
  { name: "title", type: "text", about: "the check in a few words", value: ({ title }) => title },
  {
    name: "server",
    type: "text?",
    about: "which server it is about; null for the sessions themselves",
    value: ({ server }) => server ?? null,
  },
  {
    name: "verdict",
    type: "text",
    about: "ok, warning, failure, or unknown when the server does not tell",
    value: ({ verdict }) => verdict,
  },
  { name: "saw", type: "text", about: "what was seen, or why nothing was, for people", value: ({ saw }) => saw },
  { name: "facts", type: "object", about: "what was seen, for programs", value: ({ facts }) => facts },
  {
    name: "fix",
    type: "objects",
    about: "steps: in redis, config, shell or words, and their text",
    value: ({ fix }) => fix.map((step) => ({ ...step })),
  },
  { name: "why", type: "text", about: "what goes wrong with sessions otherwise", value: ({ why }) => why },
  {
    name: "sessions",
    type: "texts",
    about: "ids of sessions concerned, a few",
    value: ({ sessions }) => sessions ?? [],
  },
];

/** Writes what the checks came to in the form asked for. */
export async function writeDoctor(context: Context, report: DoctorReport, at: number): Promise<void> {
  const { io, settings } = context;
  switch (settings.output ?? "table") {
    case "table":
      return await writeDoctorTable(report, io.stdout);
    case "json":
      return await io.stdout.line(safeJson(asJson(context, report, at), io.stdout.isTerminal ? 2 : undefined));
    default:
      await writeSheet(context, {
        columns: checkColumns,
        rows: oneBatch(report.results),
        idsOf: ({ sessions }) => sessions ?? [],
      });
  }
}

function asJson({ settings }: Context, { servers, results }: DoctorReport, at: number): Json {
  return {
    doctor: {
      at: rfc3339(at),
      namespace: settings.namespace,
      servers: servers.map(({ name, role, transport }) => ({ name, role, transport })),
    },
    checks: results.map((result) => recordOf(result, checkColumns)),
  };
}
