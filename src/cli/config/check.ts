import { nearest } from "../../app/nearest.js";
import { safe } from "../../core/safe-text.js";
import { usageError } from "../errors.js";
import { settings } from "../settings/index.js";
import type { FileKind, Form, Setting } from "../settings/setting.js";
import type { Member, Value } from "./document.js";

/** A setting that a file may have, by its key. */
export type Keys = ReadonlyMap<string, Setting<unknown>>;

/** The keys that a kind of file may have, each with its setting. */
export function keysOf(kind: FileKind): Keys {
  return new Map(
    Object.values<Setting<unknown>>(settings).flatMap((setting) =>
      setting.file?.in.includes(kind) === true ? [[setting.file.key, setting] as const] : [],
    ),
  );
}

/** What an object says of settings: each value with its place and its setting. `others`: keys that are not settings. */
export function settingsIn(value: Value, kind: FileKind, others: readonly string[] = []): ReadonlyMap<string, Value> {
  if (!isObject(value.json)) throw usageError(`${value.where}: not an object`, `Write { } with what is in it.`);
  const keys = keysOf(kind);
  const found = new Map<string, Value>();
  const read = (members: readonly Member[], prefix: string) => {
    for (const member of members) {
      const key = `${prefix}${member.key}`;
      const setting = keys.get(key);
      const isGroup = [...keys.keys()].some((name) => name.startsWith(`${key}.`));
      if (setting !== undefined) found.set(key, checked(member, key, setting));
      else if (isGroup && isObject(member.value.json)) read(member.value.members, `${key}.`);
      else if (isGroup) throw usageError(`${member.where}: ${key} is not an object`, "Write { } with what is in it.");
      else if (!others.includes(key)) throw unknownKey(member, key, kind, [...keys.keys(), ...others]);
    }
  };
  read(value.members, "");
  return found;
}

function checked({ key, value }: Member, name: string, setting: Setting<unknown>): Value {
  if (!hasForm(value.json, setting.form)) {
    throw usageError(`${value.where}: ${name} is not ${formsInWords[setting.form]}`, `${name}: ${setting.about}.`);
  }
  setting.parse(textOf(value), `${value.where}: ${key}`, ".");
  return value;
}

const formsInWords: Readonly<Record<Form, string>> = {
  text: "a string",
  switch: "true or false",
  number: "a number",
  list: "a list of strings",
};

function hasForm(json: unknown, form: Form): boolean {
  switch (form) {
    case "text":
      return typeof json === "string";
    case "switch":
      return typeof json === "boolean";
    case "number":
      return typeof json === "number";
    case "list":
      return Array.isArray(json) && json.length > 0 && json.every((item) => typeof item === "string" && item !== "");
  }
}

/** A value as a setting reads it. */
export function textOf({ json }: Value): string {
  return typeof json === "string" ? json : JSON.stringify(json);
}

/** Whether a value of JSON is an object. */
export function isObject(json: unknown): boolean {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function unknownKey({ where }: Member, key: string, kind: FileKind, known: readonly string[]): Error {
  const shown = safe(JSON.stringify(key));
  const isOfProfiles = [...keysOf("profile").keys()].some((name) => name === key || name.startsWith(`${key}.`));
  if (kind === "project" && isOfProfiles) {
    return usageError(
      `${where}: ${shown} must not be in a project's file`,
      "Who writes that file would choose where your passwords go. Put it into a profile, and name the profile here.",
    );
  }
  const meant = nearest(key, known);
  return usageError(
    `${where}: there is no ${shown}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    `Keys: ${known.join(", ")}.`,
  );
}
