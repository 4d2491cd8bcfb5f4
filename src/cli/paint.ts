import type { SafeText } from "../core/safe-text.js";

/** What text can mean; how it looks is decided here alone. */
export type Style = "heading" | "faint" | "good" | "warning" | "danger" | "alarm" | "accent";

/** Gives text a style, or leaves it as it is where there are no colours. */
export type Paint = (style: Style, text: SafeText) => SafeText;

/** SGR codes of the 16 colours that every terminal and theme has: what begins a style, what ends it. */
const codes: Readonly<Record<Style, readonly [begin: string, end: string]>> = {
  heading: ["1", "22"],
  faint: ["2", "22"],
  good: ["32", "39"],
  warning: ["33", "39"],
  danger: ["31", "39"],
  alarm: ["1;31", "22;39"],
  accent: ["36", "39"],
};

/** Paints, or with `colour` false does nothing. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_, text) => text;
  return (style, text) => {
    const [begin, end] = codes[style];
    return text === "" ? text : (`\u001B[${begin}m${text}\u001B[${end}m` as SafeText);
  };
}

/**
 * Whether a stream gets colours; the one place where it is decided. In this order: `--no-color`, `NO_COLOR` (non-empty),
 * `FORCE_COLOR` (`0` and `false` are no), `TERM=dumb`, and whether it is a terminal.
 */
export function wantsColour(isTerminal: boolean, env: NodeJS.ProcessEnv, noColour: boolean): boolean {
  if (noColour || (env["NO_COLOR"] ?? "") !== "") return false;
  const force = env["FORCE_COLOR"] ?? "";
  if (force !== "") return force !== "0" && force !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}
