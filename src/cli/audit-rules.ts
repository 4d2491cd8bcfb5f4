import { type Rule, rules } from "../audit/index.js";
import type { Context } from "./command.js";
import { exitCodes, type ExitCode } from "./exit-codes.js";
import type { Column } from "./formats/format.js";
import { oneBatch, writeSheet } from "./output.js";
import { safe } from "../core/safe-text.js";

/** What is told about each rule. */
export const ruleColumns: readonly Column<Rule>[] = [
  {
    name: "id",
    type: "text",
    about: "the rule's name",
    value: ({ id }) => id,
    forPeople: { title: "RULE", cell: ({ id }, { paint }) => paint("accent", safe(id)) },
  },
  {
    name: "severity",
    type: "text",
    about: "of a finding that says nothing else",
    value: ({ severity }) => severity,
    forPeople: { title: "SEVERITY", cell: ({ severity }) => safe(severity) },
  },
  {
    name: "fires",
    type: "text",
    about: "when it fires",
    value: ({ fires }) => fires,
    forPeople: { title: "FIRES WHEN", cell: ({ fires }) => safe(fires), least: 30 },
  },
  { name: "title", type: "text", about: "what a finding is called", value: ({ title }) => title },
  {
    name: "otherwise",
    type: "object",
    about: "other severities, and when",
    value: ({ otherwise = {} }) => ({ ...otherwise }),
  },
  { name: "misses", type: "text", about: "what it is quiet about, and cannot see", value: ({ misses }) => misses },
  { name: "needs", type: "texts", about: "what the layout and the data must tell", value: ({ needs }) => [...needs] },
  {
    name: "thresholds",
    type: "object",
    about: "what can be set, with unit and default",
    value: ({ thresholds }) =>
      Object.fromEntries(Object.entries(thresholds).map(([name, threshold]) => [name, { ...threshold }])),
  },
  { name: "mapsTo", type: "texts", about: "ATT&CK, ASVS and CWE", value: ({ mapsTo }) => [...mapsTo] },
];

/** Writes what the rules are, in the form asked for. */
export async function ruleList(context: Context): Promise<ExitCode> {
  const isTable = (context.settings.output ?? "table") === "table";
  const shown = isTable ? ruleColumns.filter(({ forPeople }) => forPeople !== undefined) : ruleColumns;
  await writeSheet(context, { columns: shown, rows: oneBatch(rules), idsOf: ({ id }) => [id] });
  return exitCodes.done;
}
