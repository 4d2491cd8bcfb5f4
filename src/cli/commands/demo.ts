import { safe } from "../../core/safe-text.js";
import type { CliCommand } from "../command.js";

/** `sessctl demo`. */
export const demo: CliCommand = {
  examples: [
    ["sessctl demo", "on a terminal the live screen, elsewhere a tour"],
    ["sessctl demo -- sessctl audit --anomalies", "one command against the demo's Redis"],
    ["sessctl demo -- bash", "a shell in which sessctl finds that Redis"],
  ],
  configure(command) {
    command.argument("[command...]", "after --: a program to run, with SESSCTL_URL set; its exit code is kept");
  },
  async run({ io, settings, interrupts }, args) {
    // The demo clears up before it ends, whichever signal comes.
    interrupts.release();
    const { runDemo } = await import("../../demo/main.js");
    return runDemo({
      sessctl: [process.execPath, process.argv[1] ?? "sessctl"],
      command: args,
      interactive: io.stdin.isTTY && io.stdout.isTerminal,
      env: io.env,
      print: (line) => io.stdout.line(safe(line)),
      say: async (line) => {
        if (!settings.quiet) await io.stderr.line(safe(line));
      },
    });
  },
};
