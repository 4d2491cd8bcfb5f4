import { grouped } from "../core/grouped.js";
import { safe, type SafeText } from "../core/safe-text.js";

/** A line for people: the literal parts as they are written here, every value made safe. Nothing painted goes in. */
export function say(literals: TemplateStringsArray, ...values: readonly (string | number)[]): SafeText {
  return String.raw({ raw: literals }, ...values.map((value) => safe(String(value)))) as SafeText;
}

/** Safe texts one after the other; painted ones may be among them. */
export function joined(
  parts: readonly SafeText[],
  separator: "" | " " | "  " | ", " | "; " | "\n" | ",\n" = "",
): SafeText {
  return parts.join(separator) as SafeText;
}

/** `1 session`, `2,004 sessions`. */
export function counted(count: number, one: "session" | "user" | "finding" | "rule" | "server"): SafeText {
  return say`${grouped(count)} ${one}${count === 1 ? "" : "s"}`;
}
