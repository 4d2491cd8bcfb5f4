import { textOf } from "../config/check.js";
import { projectFileFrom, userFileOf } from "../config/places.js";
import { readFiles } from "../config/read.js";
import { readUserFile, type Values } from "../config/user-file.js";
import type { Context } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { Column } from "../formats/format.js";
import { oneBatch, writeSheet } from "../output.js";
import { say } from "../say.js";
import { settings } from "../settings/index.js";
import { envSource, type Source } from "../settings/resolve.js";
import { shownValue } from "./shown.js";

interface Row {
  readonly name: string;
  readonly values: Values;
  readonly isUsed: boolean;
}

const valueOf =
  (key: string) =>
  ({ values }: Row) => {
    const value = values.get(key);
    return value === undefined ? null : shownValue(key, textOf(value));
  };

const isOn =
  (key: string) =>
  ({ values }: Row) =>
    values.get(key)?.json === true;

/** The fields of a profile in JSON. */
export const profileColumns: readonly Column<Row>[] = [
  { name: "name", type: "text", about: "its name", value: ({ name }) => name },
  {
    name: "used",
    type: "boolean",
    about: "whether it is used where nothing else is named",
    value: ({ isUsed }) => isUsed,
  },
  { name: "url", type: "text?", about: "which Redis, without its password", value: valueOf("url") },
  { name: "namespace", type: "text?", about: "prefix of the sessions' keys", value: valueOf("namespace") },
  { name: "protected", type: "boolean", about: "whether changes need its name typed", value: isOn("protected") },
  { name: "readOnly", type: "boolean", about: "whether nothing can be changed", value: isOn("readOnly") },
];

/** Lists the profiles of the user's file. */
export async function listProfiles(context: Context, flags: Source): Promise<ExitCode> {
  const {
    io,
    settings: { quiet },
  } = context;
  const file = userFileOf(io.env);
  const profiles = readUserFile(file)?.profiles ?? new Map<string, Values>();
  const used = usedProfile(flags, io.env);
  const rows = [...profiles].map(([name, values]) => ({ name, values, isUsed: name === used }));
  await writeSheet(context, { columns: profileColumns, rows: oneBatch(rows) });
  if (rows.length > 0) return exitCodes.done;
  if (!quiet) await io.stderr.line(say`there are no profiles in ${file}; sessctl profile add makes one`);
  return exitCodes.nothing;
}

/** The profile that a command without options would use; `undefined` when a URL goes before it, or there is none. */
function usedProfile(flags: Source, env: NodeJS.ProcessEnv): string | undefined {
  const { project, user } = readFiles(userFileOf(env), projectFileFrom(process.cwd()), env);
  for (const source of [flags, envSource(env), project, user]) {
    if (source(settings.url) !== undefined) return undefined;
    const profile = source(settings.profile);
    if (profile !== undefined) return profile.text;
  }
  return undefined;
}
