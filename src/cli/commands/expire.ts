import { expire as expireSessions } from "../../app/expire.js";
import { formatDuration } from "../../core/duration.js";
import { runChange } from "../change-command.js";
import { changeHelp } from "../change-help.js";
import { addChangeOptions, type ChangeOptions } from "../change-options.js";
import { rfc3339 } from "../columns.js";
import type { CliCommand } from "../command.js";
import { usageError } from "../errors.js";
import { say } from "../say.js";
import { durationOption, timeOption } from "../values.js";

interface Options extends ChangeOptions {
  readonly in?: string;
  readonly at?: string;
}

/** `sessctl expire`. */
export const expire: CliCommand = {
  examples: [
    ["sessctl expire a3f09c2e --in 10m", "end one session in ten minutes, however active it is"],
    ["sessctl expire --user alice --at 2026-03-01T18:00:00Z", "end all of alice's at that time"],
    ["sessctl list --user alice -o id | sessctl expire - --in 1h --yes", "end those that another command lists"],
  ],
  sections: [changeHelp],
  configure(command) {
    addChangeOptions(command, "expire");
    command
      .option("--in <duration>", "so long from now: 90s, 30m, 12h, 7d, 1h30m")
      .option("--at <time>", "at that time: ISO 8601, or relative as in `in 2h`");
  },
  async run(context, args, command) {
    const options = command.opts<Options>();
    const now = context.io.clock();
    const endsAt = endOf(options, now);
    const when = `at ${rfc3339(endsAt) ?? ""}, in ${formatDuration(endsAt - now, 2)}`;
    return await runChange(context, args, options, {
      verb: "expire",
      when: ` ${when}`,
      did: (what) => say`set to end ${when}: ${what}`,
      caveat: ({ expire }) =>
        expire === "until-touch"
          ? say`the application's next request with such a session may put its end off again`
          : undefined,
      apply: (desk, order, control) => expireSessions(desk, { ...order, endsAt }, control),
    });
  },
};

function endOf(options: Options, now: number): number {
  const given = [options.in, options.at].filter((option) => option !== undefined).length;
  if (given !== 1) {
    throw usageError(
      given === 0 ? "it is not said when" : "--in and --at exclude each other",
      "Give either --in, such as --in 10m, or --at, such as --at 2026-03-01T18:00Z.",
    );
  }
  if (options.in !== undefined) return now + durationOption("--in", options.in);
  const endsAt = timeOption("--at", options.at ?? "", now);
  if (endsAt >= now) return endsAt;
  throw usageError(`--at: ${rfc3339(endsAt) ?? ""} is past`, "To end sessions now, use sessctl revoke.");
}
