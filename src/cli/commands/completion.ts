import { safe, type SafeText } from "../../core/safe-text.js";
import type { CliCommand, CommandEntry } from "../command.js";
import { candidatesFor } from "../completion/candidates.js";
import { scripts, shellNames } from "../completion/shells.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";

/** `sessctl completion`, for these commands. */
export const completionOf = (commands: readonly CommandEntry[]): CliCommand => ({
  usesRedis: false,
  examples: [
    ["sessctl completion bash", "for ~/.bashrc: source <(sessctl completion bash)"],
    ["sessctl completion zsh", "for ~/.zshrc, after compinit: source <(sessctl completion zsh)"],
    ["sessctl completion fish", "for ~/.config/fish/config.fish: sessctl completion fish | source"],
    ["sessctl completion bash -- list --us", "what the last word can become: this is what those scripts ask"],
  ],
  configure(command) {
    command.argument("<shell>", shellNames.join(", ")).argument("[word...]", "after --: the words typed so far");
  },
  async run({ io }, [shell = "", ...words], command) {
    const script = scripts[shell];
    if (script === undefined) {
      throw usageError(`there is no completion for ${JSON.stringify(shell)}`, `Shells: ${shellNames.join(", ")}.`);
    }
    // It is the build's own text, with line breaks and tabs that belong there.
    if (words.length === 0) await io.stdout.write(script as SafeText);
    const program = command.parent;
    if (words.length === 0 || program === null) return exitCodes.done;
    const asked = { program, commands, before: words.slice(0, -1), begun: words.at(-1) ?? "", env: io.env };
    for (const { value, about } of await candidatesFor(asked)) {
      // One that would not come out as it is would be another.
      if (safe(value) !== value) continue;
      await io.stdout.line((about === undefined ? value : `${value}\t${safe(about)}`) as SafeText);
    }
    return exitCodes.done;
  },
});
