import type { Context } from "../command.js";
import { parseDocument, type Value } from "../config/document.js";
import { editUserFile } from "../config/edit.js";
import { userFileOf } from "../config/places.js";
import { nearest } from "../../app/nearest.js";
import { safe } from "../../core/safe-text.js";
import { usageError } from "../errors.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { say } from "../say.js";

/** Makes a profile the one that is used where nothing else is named. */
export async function useProfile({ io, settings }: Context, name: string): Promise<ExitCode> {
  const file = userFileOf(io.env);
  await editUserFile(file, (text) => {
    checkThere(parseDocument(text, file), name);
    return [{ at: ["profile"], to: name }];
  });
  if (!settings.quiet) await io.stderr.line(say`${name} is used from now on`);
  return exitCodes.done;
}

/** Removes a profile, and its name where the file says that it is the one to use. */
export async function removeProfile({ io, settings }: Context, name: string): Promise<ExitCode> {
  const file = userFileOf(io.env);
  let wasUsed = false;
  await editUserFile(file, (text) => {
    const document = parseDocument(text, file);
    checkThere(document, name);
    wasUsed = document.members.some(({ key, value }) => key === "profile" && value.json === name);
    return [{ at: ["profiles", name], to: undefined }, ...(wasUsed ? [{ at: ["profile"], to: undefined }] : [])];
  });
  if (!settings.quiet) {
    await io.stderr.line(wasUsed ? say`removed ${name}; no profile is used now` : say`removed ${name}`);
  }
  return exitCodes.done;
}

/** Of the file only what is needed is looked at: a file with a mistake in it can be mended by these commands. */
function checkThere(document: Value, name: string): void {
  const names = document.members.find(({ key }) => key === "profiles")?.value.members.map(({ key }) => key) ?? [];
  if (names.includes(name)) return;
  const meant = nearest(name, names);
  throw usageError(
    `there is no profile ${safe(JSON.stringify(name))}${meant === undefined ? "" : `; did you mean ${safe(meant)}?`}`,
    names.length === 0 ? "sessctl profile add makes one." : `Profiles: ${safe(names.join(", "))}.`,
  );
}
