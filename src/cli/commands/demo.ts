import type { Command } from "commander";
import { safe } from "../../core/safe-text.js";
import type { CliCommand } from "../command.js";
import { usageError } from "../errors.js";
import { countOption } from "../values.js";

/** Enough for every stolen session to be another user's. */
const fewestUsers = 20;
/** Fewer than there are names. */
const mostUsers = 3000;
const usersHint = `Give a number from ${fewestUsers} to ${mostUsers}.`;

/** `sessctl demo`. */
export const demo: CliCommand = {
  usesRedis: false,
  examples: [
    ["sessctl demo", "on a terminal the live screen, elsewhere a tour"],
    ["sessctl demo -- audit --anomalies", "one command against the demo's Redis"],
    ["sessctl demo -- bash", "a shell in which sessctl finds that Redis"],
  ],
  configure(command) {
    command
      .option("--users <n>", "how many people have accounts", "800")
      .argument(
        "[command...]",
        "after --: a command of sessctl, or a program with SESSCTL_URL set; its exit code is kept",
      );
  },
  async run({ io, settings, interrupts }, args, command) {
    const users = countOption("--users", command.opts<{ readonly users: string }>().users);
    if (users < fewestUsers || users > mostUsers) {
      throw usageError(`--users: ${users} is too ${users < fewestUsers ? "few" : "many"}`, usersHint);
    }
    // The demo clears up before it ends, whichever signal comes.
    interrupts.release();
    const { runDemo } = await import("../../demo/main.js");
    const sessctl = [process.execPath, process.argv[1] ?? "sessctl"] as const;
    return runDemo({
      sessctl,
      command: commandLine(args, sessctl, command),
      users,
      interactive: io.stdin.isTTY && io.stdout.isTerminal,
      env: io.env,
      print: (line) => io.stdout.line(safe(line)),
      say: async (line) => {
        if (!settings.quiet) await io.stderr.line(safe(line));
      },
    });
  },
};

/** What to run: `list` and `sessctl list` are ours, anything else is a program. */
function commandLine(args: readonly string[], sessctl: readonly string[], command: Command): readonly string[] {
  const [first, ...others] = args;
  if (first === "sessctl") return [...sessctl, ...others];
  const ours = command.parent?.commands.some((known) => [known.name(), ...known.aliases()].includes(first ?? ""));
  return ours === true ? [...sessctl, ...args] : args;
}
