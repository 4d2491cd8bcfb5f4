import { usageError } from "../errors.js";
import { timerOption } from "../values.js";

/** A file that settings can stand in: the user's own, a profile in it, or a project's. */
export type FileKind = "user" | "profile" | "project";

/** Where a setting is given, and what it is for. */
interface Naming {
  /** On the command line, as commander writes it: `-o, --output <format>`. One without a value is on or off. */
  readonly flags: string;
  /** In the environment. There an empty value is as good as none. */
  readonly env?: string;
  /** In files: the key, and which of them may have it. */
  readonly file?: { readonly key: string; readonly in: readonly FileKind[] };
  /** For the help: one line, without the default. */
  readonly about: string;
}

/** Something that holds for every command: what it is called in each place, and what its value means. */
export interface Setting<Value> extends Naming {
  /** All its values where these are few. */
  readonly choices?: readonly string[];
  /** Reads it; a usage error that begins with `where`. What is on or off is read from `true` and `false`. */
  readonly parse: (text: string, where: string) => Value;
  /** What it is when it is given nowhere. */
  readonly fallback: Value;
  /** The same for the help; left out where nobody need know. */
  readonly fallbackText?: string;
}

/** A setting that is any text, the default included. */
export function textSetting(naming: Naming & { readonly fallback: string }): Setting<string> {
  return { ...naming, fallbackText: naming.fallback, parse: (text) => text };
}

/** A setting that is one of a few texts. */
export function choiceSetting<Value extends string, Fallback extends Value | undefined>(
  naming: Naming & { readonly choices: readonly Value[]; readonly fallback: Fallback },
): Setting<Value | Fallback> {
  return {
    ...naming,
    parse(text, where) {
      const chosen = naming.choices.find((choice) => choice === text);
      if (chosen !== undefined) return chosen;
      throw usageError(`${where}: there is no ${JSON.stringify(text)}`, `Choose from ${naming.choices.join(", ")}.`);
    },
  };
}

/** A setting that is how long to wait, in ms, from 1s to 1h. */
export function timerSetting(naming: Naming & { readonly fallback: string }): Setting<number> {
  const parse = (text: string, where: string) => timerOption(where, text);
  return { ...naming, parse, fallback: parse(naming.fallback, naming.flags), fallbackText: naming.fallback };
}

/** A setting that is on or off, and off when nobody says so. */
export function switchSetting(naming: Naming): Setting<boolean> {
  return {
    ...naming,
    fallback: false,
    parse(text, where) {
      if (/^(true|1|yes|on)$/i.test(text)) return true;
      if (/^(false|0|no|off)$/i.test(text)) return false;
      throw usageError(`${where}: ${JSON.stringify(text)} is neither on nor off`, "Write 1 or 0.");
    },
  };
}
