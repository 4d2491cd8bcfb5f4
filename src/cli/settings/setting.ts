import { homedir } from "node:os";
import path from "node:path";
import { checkedNamespace } from "../../core/input.js";
import { usageError } from "../errors.js";
import { countOption, durationOption, ofOption, timerOption } from "../values.js";

/** A file that settings can stand in: the user's own, a profile in it, or a project's. */
export type FileKind = "user" | "profile" | "project";

/** Where a setting can be given, and what it is for. */
interface Naming {
  /** On the command line, as commander writes it: `-o, --output <format>`. One without a value is on or off. */
  readonly flags?: string;
  /** In the environment. There an empty value is as good as none. */
  readonly env?: string;
  /** In files: the key, with a dot where it is inside another, and which files may have it. */
  readonly file?: { readonly key: string; readonly in: readonly FileKind[] };
  /** For the help: one line, without the default. */
  readonly about: string;
}

/** What a value looks like in a file: a string, `true` or `false`, a number, or a list of strings. */
export type Form = "text" | "switch" | "number" | "list";

/** Something that holds for every command: what it is called in each place, and what its value means. */
export interface Setting<Value> extends Naming {
  readonly form: Form;
  /** All its values where these are few. */
  readonly choices?: readonly string[];
  /**
   * Reads it; a usage error that begins with `where`. What is on or off is read from `true` and `false`, a list from JSON.
   * `folder` is the one that a relative path begins in.
   */
  readonly parse: (text: string, where: string, folder: string) => Value;
  /** What it is when it is given nowhere. */
  readonly fallback: Value;
  /** The same for the help; left out where nobody need know. */
  readonly fallbackText?: string;
}

/** A setting that is any text. */
export function textSetting<Fallback extends string | undefined>(
  naming: Naming & { readonly fallback: Fallback },
): Setting<string | Fallback> {
  const { fallback } = naming;
  const setting = { ...naming, form: "text", parse: (text: string) => text } as const;
  return fallback === undefined ? setting : { ...setting, fallbackText: fallback };
}

/** A setting that is the name of a namespace. */
export function namespaceSetting(naming: Naming & { readonly fallback: string }): Setting<string> {
  return { ...textSetting(naming), parse: (text, where) => ofOption(where, () => checkedNamespace(text)) };
}

/** A setting that is the name of a file, in a file relative to that one's folder; `~/` is the user's own folder. */
export function pathSetting(naming: Naming): Setting<string | undefined> {
  return {
    ...naming,
    form: "text",
    fallback: undefined,
    parse: (text, _, folder) => path.resolve(folder, text.replace(/^~(?=\/)/, homedir())),
  };
}

/** A setting that is a program and its arguments. */
export function commandSetting(naming: Naming): Setting<readonly string[] | undefined> {
  return { ...naming, form: "list", fallback: undefined, parse: (text) => JSON.parse(text) as readonly string[] };
}

/** A setting that is one of a few texts. */
export function choiceSetting<Value extends string, Fallback extends Value | undefined>(
  naming: Naming & { readonly choices: readonly Value[]; readonly fallback: Fallback },
): Setting<Value | Fallback> {
  return {
    ...naming,
    form: "text",
    parse(text, where) {
      const chosen = naming.choices.find((choice) => choice === text);
      if (chosen !== undefined) return chosen;
      throw usageError(`${where}: there is no ${JSON.stringify(text)}`, `Choose from ${naming.choices.join(", ")}.`);
    },
  };
}

/** A setting that is a duration in ms, or not given at all. */
export function durationSetting(naming: Naming): Setting<number | undefined> {
  return { ...naming, form: "text", fallback: undefined, parse: (text, where) => durationOption(where, text) };
}

/** A setting that is how long to wait, in ms, from 1s to 1h. */
export function timerSetting(naming: Naming & { readonly fallback: string }): Setting<number> {
  const parse = (text: string, where: string) => timerOption(where, text);
  const fallback = parse(naming.fallback, naming.about);
  return { ...naming, form: "text", parse, fallback, fallbackText: naming.fallback };
}

/** A setting that is how many in a second at the most; `undefined`, written 0, is no limit. */
export function rateSetting(naming: Naming & { readonly fallback: string }): Setting<number | undefined> {
  const parse = (text: string, where: string) => countOption(where, text) || undefined;
  return { ...naming, form: "number", parse, fallback: parse(naming.fallback, ""), fallbackText: naming.fallback };
}

/** A setting that is the number of a database. */
export function databaseSetting(naming: Naming): Setting<number | undefined> {
  return {
    ...naming,
    form: "number",
    fallback: undefined,
    parse(text, where) {
      if (/^\d{1,5}$/.test(text)) return Number(text);
      throw usageError(`${where}: ${JSON.stringify(text)} is not a database`, "Databases are numbered from 0.");
    },
  };
}

/** A setting that is on or off, and off when nobody says so. */
export function switchSetting(naming: Naming): Setting<boolean> {
  return {
    ...naming,
    form: "switch",
    fallback: false,
    parse(text, where) {
      if (/^(true|1|yes|on)$/i.test(text)) return true;
      if (/^(false|0|no|off)$/i.test(text)) return false;
      throw usageError(`${where}: ${JSON.stringify(text)} is neither on nor off`, "Write 1 or 0.");
    },
  };
}
