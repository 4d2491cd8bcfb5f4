import { revokeAll, revoke as revokeSessions } from "../../app/revoke.js";
import { runChange } from "../change-command.js";
import { changeHelp } from "../change-help.js";
import { addChangeOptions, type ChangeOptions } from "../change-options.js";
import type { CliCommand } from "../command.js";
import { say } from "../say.js";

/** `sessctl revoke`. */
export const revoke: CliCommand = {
  examples: [
    ["sessctl revoke a3f09c2e", "end one session"],
    ["sessctl revoke --user alice --keep a3f09c2e", "end all of alice's but one"],
    ["sessctl revoke --user alice --dry-run", "show which that would be"],
    ["sessctl revoke --ip 198.51.100.0/24 --created-before '1h ago'", "end what one network began over an hour ago"],
    ["sessctl revoke --all --dry-run", "show what ending everything would mean"],
    ["sessctl list --active 5m -o id | sessctl revoke - --yes", "end those that another command lists"],
  ],
  sections: [changeHelp],
  configure(command) {
    addChangeOptions(command, "end");
  },
  run(context, args, command) {
    const options = command.opts<ChangeOptions>();
    const isEverything = options.all === true && options.keep === undefined;
    return runChange(context, args, options, {
      verb: "end",
      when: "",
      did: (what) => say`ended ${what}`,
      apply: (desk, order, control) =>
        isEverything ? revokeAll(desk, order, control) : revokeSessions(desk, order, control),
    });
  },
};
