import type { CliCommand } from "./command.js";

/** The beginning of a help text: what to type, beside what it does. */
export function examplesText(examples: CliCommand["examples"]): string {
  const width = Math.max(...examples.map(([command]) => command.length));
  const lines = examples.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`);
  return ["Examples:", ...lines, ""].join("\n");
}
