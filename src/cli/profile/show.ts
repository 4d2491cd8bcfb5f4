import type { Context } from "../command.js";
import { textOf } from "../config/check.js";
import { userFileOf } from "../config/places.js";
import { profileOf, readUserFile } from "../config/user-file.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { Column } from "../formats/format.js";
import { oneBatch, writeSheet } from "../output.js";
import { settings, type SettingName } from "../settings/index.js";
import { readGivens } from "../settings/read.js";
import type { Source } from "../settings/resolve.js";
import type { Setting } from "../settings/setting.js";
import { shownValue } from "./shown.js";

interface Row {
  readonly setting: string;
  readonly value: string | undefined;
  readonly from: string;
}

/** The fields of a setting that holds here, in JSON. */
export const settingColumns: readonly Column<Row>[] = [
  { name: "setting", type: "text", about: "its key in files", value: ({ setting }) => setting },
  { name: "value", type: "text?", about: "its value; *** for a password", value: ({ value }) => value ?? null },
  { name: "from", type: "text", about: "where it is given", value: ({ from }) => from },
];

/** Shows what a profile says. */
export async function showProfile(context: Context, name: string): Promise<ExitCode> {
  const file = userFileOf(context.io.env);
  const values = profileOf(readUserFile(file), name, "profile show", file);
  const rows = [...values].map(([key, value]) => ({
    setting: key,
    value: shownValue(key, textOf(value)),
    from: value.where,
  }));
  return await write(context, rows);
}

/** Shows the settings that a command would have here, and where each comes from. */
export async function showSettings(context: Context, flags: Source): Promise<ExitCode> {
  const givens = await readGivens(flags, context.io.env);
  const rows = (Object.keys(settings) as SettingName[]).map((name) => {
    const { file, fallbackText, form }: Setting<unknown> = settings[name];
    const given = givens.get(name);
    const key = file?.key ?? name;
    return given === undefined
      ? { setting: key, value: fallbackText ?? (form === "switch" ? "false" : undefined), from: "default" }
      : { setting: key, value: shownValue(key, given.text), from: given.where };
  });
  return await write(context, rows);
}

async function write(context: Context, rows: readonly Row[]): Promise<ExitCode> {
  await writeSheet(context, { columns: settingColumns, rows: oneBatch(rows) });
  return exitCodes.done;
}
