import { safe } from "../../core/safe-text.js";
import { nearest } from "../../app/nearest.js";
import { usageError } from "../errors.js";
import { settingsIn, textOf } from "./check.js";
import { parseDocument, type Value } from "./document.js";
import { checkUserFile, readConfig } from "./trust.js";

/** What a file says of settings, by their keys. */
export type Values = ReadonlyMap<string, Value>;

/** A user's own file. */
export interface UserFile {
  readonly file: string;
  /** What it says for everything. */
  readonly values: Values;
  /** What each profile says, in the order of the file. */
  readonly profiles: ReadonlyMap<string, Values>;
}

const profilesKey = "profiles";

/** Reads a user's file and checks all of it; `undefined` when there is none. A usage error with the place of what is wrong. */
export function readUserFile(file: string): UserFile | undefined {
  const read = readConfig(file);
  if (read === undefined) return undefined;
  const document = parseDocument(read.text, file);
  const values = settingsIn(document, "user", [profilesKey]);
  const members = document.members.find(({ key }) => key === profilesKey)?.value;
  const profiles = new Map<string, Values>();
  if (members !== undefined && !isObject(members)) {
    throw usageError(`${members.where}: profiles is not an object`, 'Write { "name": { "url": … } }.');
  }
  for (const { key, where, value } of members?.members ?? []) {
    checkProfileName(key, where);
    profiles.set(key, checkedProfile(value, key, where));
  }
  checkUserFile(file, read, holding([...profiles.values()]));
  return { file, values, profiles };
}

/** Checks the name of a profile, which is typed, shown and completed. */
export function checkProfileName(name: string, where: string): void {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) return;
  throw usageError(
    `${where}: ${safe(JSON.stringify(name))} is no name for a profile`,
    "A name is up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or a digit.",
  );
}

/** What a profile says; a usage error when there is none of that name. */
export function profileOf(user: UserFile | undefined, name: string, where: string, file: string): Values {
  const found = user?.profiles.get(name);
  if (found !== undefined) return found;
  const names = [...(user?.profiles.keys() ?? [])];
  const meant = nearest(name, names);
  throw usageError(
    `${where}: there is no profile ${safe(JSON.stringify(name))}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    names.length === 0
      ? `Make one: sessctl profile add NAME --url URL. They are kept in ${file}.`
      : `Profiles: ${names.join(", ")}.`,
  );
}

function checkedProfile(value: Value, name: string, where: string): Values {
  const values = settingsIn(value, "profile");
  if (!values.has("url")) throw usageError(`${where}: profile ${name} has no url`, 'Write "url": "rediss://host".');
  const passwords = ["password", "passwordCommand", "passwordFile", "passwordEnv"].filter((key) => values.has(key));
  if (passwordInUrl(values)) passwords.unshift("url");
  if (passwords.length > 1) {
    throw usageError(
      `${where}: profile ${name} has its password in ${passwords.join(" and in ")}`,
      "Keep one of them, best passwordCommand.",
    );
  }
  return values;
}

function holding(profiles: readonly Values[]): "password" | "way" | "nothing" {
  if (profiles.some((values) => values.has("password") || passwordInUrl(values))) return "password";
  return profiles.some((values) => values.has("passwordCommand") || values.has("passwordFile")) ? "way" : "nothing";
}

function passwordInUrl(values: Values): boolean {
  const url = values.get("url");
  return url !== undefined && hasPassword(textOf(url));
}

/** Whether a URL holds a password. */
export function hasPassword(url: string): boolean {
  return /^[a-z+]*:\/\/[^@]*:[^@]+@/i.test(url);
}

function isObject({ json }: Value): boolean {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
