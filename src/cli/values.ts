import { parseDuration, parseTime } from "../core/duration.js";
import { SessctlError } from "../core/errors.js";
import { safe } from "../core/safe-text.js";
import { usageError } from "./errors.js";

/** The value of a duration option in ms. */
export function durationOption(flag: string, text: string): number {
  return ofOption(flag, () => parseDuration(text));
}

/** The value of a duration option of a timer, 1s to 1h, in ms: timers know nothing longer than 25 days, and nobody waits so long. */
export function timerOption(flag: string, text: string): number {
  const ms = durationOption(flag, text);
  if (ms >= 1000 && ms <= 3_600_000) return ms;
  throw usageError(`${flag}: ${safe(text)} is too ${ms < 1000 ? "short" : "long"}`, "Give 1s to 1h.");
}

/** The value of a time option in ms since 1970. */
export function timeOption(flag: string, text: string, now: number): number {
  return ofOption(flag, () => parseTime(text, now));
}

/** The value of an option for a time that is past, in ms since 1970: a time, or how long ago it was. */
export function sinceOption(flag: string, text: string, now: number): number {
  return /^[\ddhms]+$/i.test(text) ? now - durationOption(flag, text) : timeOption(flag, text, now);
}

/** The value of an option that counts, 0 or more. */
export function countOption(flag: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageError(`${flag}: ${JSON.stringify(text)} is not a number`, "Give a whole number; 0 means no limit.");
}

/** Collects the values of an option that is a list: it may be repeated, and each time hold several, comma-separated. */
export function repeated(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(",").map((one) => one.trim())];
}

/** The value of an option that is a user's name: from a script, an empty one is a variable that was not set. */
export function userOption(text: string): string {
  if (text !== "") return text;
  throw usageError("--user: the name is empty", `For sessions without a user: --where 'user == ""'.`);
}

/** Calls `parse` and says of which option a mistake was. */
export function ofOption<Value>(flag: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof SessctlError)) throw error;
    const { hint, excerpt } = error;
    throw new SessctlError("invalid-argument", `${flag}: ${error.message}`, {
      ...(hint === undefined ? {} : { hint }),
      ...(excerpt === undefined ? {} : { excerpt }),
    });
  }
}
