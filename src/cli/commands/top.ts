import { safe } from "../../core/safe-text.js";
import { Option } from "commander";
import { currentActor } from "../actor.js";
import { clockWarning, warnOfClock } from "../clock-warning.js";
import type { CliCommand } from "../command.js";
import { usageError } from "../errors.js";
import type { Guard } from "../guard.js";
import { geography } from "../lazy-geography.js";
import { countOption, timerOption } from "../values.js";

interface Options {
  readonly once?: boolean;
  readonly batch?: boolean;
  readonly n?: string;
  readonly interval: string;
  readonly readOnly?: boolean;
  readonly theme: "default" | "high-contrast";
  readonly ascii?: boolean;
  readonly motion?: boolean;
  readonly screenReader?: boolean;
}

/** `sessctl top`. */
export const top: CliCommand = {
  examples: [
    ["sessctl top", "watch sessions; ? shows the keys, q quits"],
    ["sessctl top --read-only", "without the keys that change anything"],
    ["sessctl top --once", "one snapshot as text"],
    ["sessctl top --once -o json", "one snapshot for a program"],
    ["sessctl top --batch -n 10 --interval 30s >> log", "ten snapshots, half a minute apart"],
  ],
  configure(command) {
    command
      .option("--once", "one snapshot instead of the live screen; also what there is in a pipe")
      .option("--batch", "one snapshot after the other; with -o ndjson one a line")
      .option("-n <number>", "so many of them; without it until it is ended")
      .option("--interval <duration>", "time between two looks, 1s to 1h", "2s")
      .option("--read-only", "nothing can be changed from the screen")
      .addOption(
        new Option("--theme <name>", "colours of the screen").choices(["default", "high-contrast"]).default("default"),
      )
      .option("--ascii", "no signs but those of ASCII")
      .option("--no-motion", "the screen changes with what is read and typed, not with time")
      .option("--screen-reader", "sentences instead of tables, for who has the screen read aloud");
  },
  async run({ io, settings, connection, interrupts, guard }, _, command) {
    const options = command.opts<Options>();
    const output = settings.output ?? "table";
    if (output !== "table" && output !== "json" && output !== "ndjson") {
      throw usageError(`top has no output ${output}`, "Use table, json or ndjson, or sessctl list for the others.");
    }
    if (options.batch === true && output === "json") {
      throw usageError("several snapshots are no single JSON", "Use -o ndjson, one snapshot a line.");
    }
    if (options.n !== undefined && options.batch !== true) {
      throw usageError("-n says how many snapshots --batch writes", "Add --batch.");
    }
    const intervalMs = timerOption("--interval", options.interval);
    const count = options.n === undefined ? Infinity : countOption("-n", options.n);
    const once = options.once === true || !io.stdin.isTTY || !io.stdout.isTerminal || output !== "table";
    const snapshots = options.batch === true ? count : once ? 1 : undefined;
    const [directory, trail, { runTop }] = await Promise.all([
      connection.open({ reconnect: snapshots === undefined }),
      connection.openTrail({ reconnect: snapshots === undefined }),
      import("../../tui/main.js"),
    ]);
    interrupts.release();
    const clock = snapshots === undefined ? undefined : warnOfClock({ io, settings }, directory);
    const exitCode = await runTop({
      directory,
      trail,
      label: settings.profile === undefined ? connection.label : `${settings.profile} (${connection.label})`,
      stdin: process.stdin,
      stdout: process.stdout,
      clock: io.clock,
      warning: async () => (settings.quiet ? undefined : await clockWarning(io.clock, directory)),
      look: {
        colour: io.stdout.colour,
        theme: options.theme,
        ascii: options.ascii === true,
        spoken: options.screenReader === true || io.env["INK_SCREEN_READER"] === "true",
      },
      geography: () => geography(settings),
      auditSettings: async () => (await import("../audit-config/index.js")).auditSettingsOf(undefined, io.env).settings,
      snapshots,
      output,
      intervalMs,
      access: accessOf(options.readOnly === true, guard),
      still: options.motion === false,
      actor: currentActor(io.env),
    });
    await clock;
    return exitCode;
  },
};

/** Who may change something: what was asked for, and what the profile lets. */
function accessOf(readOnly: boolean, guard: Guard | undefined) {
  if (readOnly || guard?.readOnly === true) return { kind: "read-only" } as const;
  return guard?.protected === true
    ? ({ kind: "protected", profile: safe(guard.profile) } as const)
    : ({ kind: "open" } as const);
}
