import { SessctlError } from "../core/errors.js";
import type { Json, SessionData } from "../core/session.js";

/** What can be said of where an application keeps it in its session data. */
export type MappedField = "user" | "ip" | "ua" | "level";

/** Every field that can be mapped. */
export const mappedFields: readonly MappedField[] = ["user", "ip", "ua", "level"];

/** Where fields are, by path. */
export type Mapping = Readonly<Partial<Record<MappedField, string>>>;

/** Where fields may be: paths to try in turn. */
export type Guesses = Readonly<Partial<Record<MappedField, readonly string[]>>>;

/** Reads `user=passport.user,ip=meta.ip`; `invalid-argument` for anything else. */
export function parseMapping(text: string): Mapping {
  const mapping: Partial<Record<MappedField, string>> = {};
  for (const part of text.split(",")) {
    const [name = "", path = "", ...rest] = part.split("=").map((word) => word.trim());
    const field = mappedFields.find((known) => known === name);
    if (field === undefined || path === "" || rest.length > 0) {
      throw new SessctlError("invalid-argument", `${JSON.stringify(part)} does not say where a field is`, {
        hint: `Write user=passport.user,ip=meta.ip; fields: ${mappedFields.join(", ")}. sessctl layouts --probe shows paths.`,
      });
    }
    mapping[field] = path;
  }
  return mapping;
}

/**
 * The text at a path such as `passport.user` in session data; `undefined` when there is none. A `*` at the end of a
 * name stands for anything (`login_web_*`), `\.` for a dot within a name. Whole numbers are texts too: ids often are.
 */
export function textAt(data: SessionData | undefined, path: string): string | undefined {
  let value: Json | undefined = data;
  for (const name of namesOf(path)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = memberOf(value, name);
  }
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Where a field is: at the mapped path if there is one, else at the first of the guessed that holds something. */
export function mappedText(
  data: SessionData | undefined,
  field: MappedField,
  mapping: Mapping,
  guesses: Guesses = {},
): string | undefined {
  const mapped = mapping[field];
  if (mapped !== undefined) return textAt(data, mapped);
  for (const path of guesses[field] ?? []) {
    const text = textAt(data, path);
    if (text !== undefined) return text;
  }
  return undefined;
}

function namesOf(path: string): string[] {
  return (path.match(/(?:\\.|[^.\\])+/g) ?? []).map((name) => name.replaceAll(/\\(.)/g, "$1"));
}

function memberOf(value: object, name: string): Json | undefined {
  const members = value as Readonly<Record<string, Json>>;
  if (Object.hasOwn(members, name)) return members[name];
  if (!name.endsWith("*")) return undefined;
  const start = name.slice(0, -1);
  const found = Object.keys(members).find((key) => key.startsWith(start));
  return found === undefined ? undefined : members[found];
}
