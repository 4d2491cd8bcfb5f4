import { commands } from "../commands/index.js";
import { globalRows } from "../settings/describe.js";
import { topics } from "../topics/index.js";
import type { HelpPage } from "./page.js";

/** The help of the whole program: what to type first, every command, and the options that all of them have. */
export function programPage(): HelpPage {
  return {
    examples: [
      ["sessctl list --user alice", "alice's sessions"],
      ["sessctl show a3f09c2e", "everything about one session"],
      ["sessctl revoke --user alice --reason 'lost phone'", "end all of alice's sessions"],
      ["sessctl list -o id --limit 3 | sessctl revoke - --yes", "end the three most recently active"],
      ["sessctl audit --anomalies --fail-on high", "look for hijacked sessions; exit 10 when there are any"],
      ["sessctl top", "watch sessions live"],
    ],
    usage: "sessctl <command> [options]",
    description: "Lists, audits, watches and ends the web sessions that are kept in a Redis.",
    sections: [
      {
        title: "Commands",
        rows: [
          ...commands.map(({ name, alias, summary }): [string, string] => [
            alias === undefined ? name : `${name}, ${alias}`,
            summary,
          ]),
          ["help <name>", "a command's options and examples, or a topic"],
        ],
      },
      { title: "Topics", rows: topics.map(({ name, summary }) => [name, summary]) },
      { title: "Options", rows: [...globalRows(), ["-h, --help", "this help; after a command, that command's"]] },
    ],
  };
}
