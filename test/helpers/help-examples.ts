import { sessctl } from "./cli.js";

/** What a help text gives as an example: what to type, and what that does. */
export interface HelpExample {
  readonly command: string;
  readonly does: string;
}

/** The examples at the beginning of a command's help, as who reads it would take them from the screen. */
export async function helpExamples(...command: readonly string[]): Promise<readonly HelpExample[]> {
  const { stdout } = await sessctl([...command, "--help"]);
  const [, block = ""] = /^Examples:\n(.*?)\n\n/s.exec(stdout) ?? [];
  const examples: { command: string; does: string }[] = [];
  for (const line of block.split("\n")) {
    const [, typed, about = ""] = /^ {2}(\S.*?)(?: {2,}(\S.*))?$/.exec(line) ?? [];
    if (typed !== undefined) examples.push({ command: typed, does: about });
    else {
      const last = examples.at(-1);
      if (last !== undefined) last.does = `${last.does} ${line.trim()}`.trim();
    }
  }
  return examples;
}
