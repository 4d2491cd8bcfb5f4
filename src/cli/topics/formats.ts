import { formats } from "../formats/index.js";
import type { HelpPage } from "../help/page.js";

/** `sessctl help formats`. */
export const formatsTopic: HelpPage = {
  examples: [
    ["sessctl list -o wide", "every column"],
    ["sessctl list --limit 0 -o ndjson | jq -r .user", "every session, streamed"],
    ["sessctl show a3f09c2e -o json", "one session for a program"],
    ["sessctl list --columns user,ip -o csv", "two fields for a spreadsheet"],
    ["sessctl list --user alice -o id | sessctl revoke -", "ids, for another command"],
  ],
  description:
    "Data goes to standard output, everything else to standard error. The fields of each command, with their types, are in docs/output.md.\n\n" +
    "What comes from a session may be anything: what could act on a terminal is written out, as \\x1b in tables and \\u001b in JSON and CSV, of which a parser makes the original again. In CSV a backslash is \\\\, and cells are read as JSON strings.\n\n" +
    "Of json, csv, markdown and id, what is held back until everything has been read goes to a temporary file without a name (in TMPDIR) when it is more than a few megabytes; it is gone with the process.",
  sections: [{ title: "Formats", rows: formats.map(({ name, about }) => [name, about]) }],
};
