import type { Group } from "../../src/tui/binding.js";
import { bindings, labelOf } from "../../src/tui/keys.js";
import { tableMarkdown } from "./markdown.js";

/** docs/top.md: the live screen, with its keys from the table that the screen itself works by. */
export function topPage(): Promise<string> {
  return Promise.resolve([introduction, keys(), rest].join("\n\n"));
}

const groups: readonly Group[] = ["Move", "Look", "Change", "Screen"];

function keys(): string {
  const rows = groups.flatMap((group) =>
    bindings
      .filter((binding) => binding.group === group)
      .map((binding) => [group, labelOf(binding).replaceAll("|", "\\|"), binding.does]),
  );
  return `## Keys\n\n\`?\` shows them on the screen.\n\n${tableMarkdown(["", "key", "does"], rows)}`;
}

const introduction = `# The live screen

The keys are made from the program by \`npm run docs\`.

\`\`\`sh
sessctl top                     # the Redis that the settings name
sessctl --profile prod top      # another one
sessctl top --read-only         # nothing can be changed from it
sessctl top --once              # one snapshot as text; with -o json for a program
sessctl top --batch -n 10       # ten of them, an interval apart; with -o ndjson one a line
sessctl demo                    # on a private Redis with a population and stolen sessions in it
\`\`\`

![The screen on the demo](pictures/top.svg)

The pictures are made from the program too, by \`npm run pictures\`: [what the audit found](pictures/findings.svg),
[the question before a revocation](pictures/revoke.svg).

## What is on it

The header says which Redis, how often it is read and the time; how many sessions there are and how many were active;
logins and revocations in the last minute, with what they were before, five seconds a bar; flagged sessions; users; memory
and commands of the Redis. A login is a session that begins to be somebody's: created with a user, or given a new id with
one, which a step-up is too. Up to 5,000 sessions users are counted; above that they are estimated from a sample, with \`≈\`.

| view | shows |
| --- | --- |
| Sessions | the 500 most recently active, by any column, filtered by words or an expression |
| Groups | the same 500 by user, network, browser or country, the largest first |
| Findings | what the audit found in all sessions, the most severe first, with what it means |
| Events | what happens to sessions, the latest first |

Enter goes deeper, Esc back. Enter on a user shows all of that user's sessions, on a finding its sessions, marked. A filter
that names a user (\`user == "alice"\`) finds all of that user's sessions too, however many others there are. Every other
filter, order and group is over the 500 that are on hand, and the line above the table says so. The audit reads every
session, with half of the time left to others; how far it is stands above the table.

A session that ends stays four seconds with \`✖\` and why it ended, as far as somebody said why. One that is followed (F) is
followed on under its new id.`;

const rest = `## Changing something

\`x\` and \`e\` ask first, with the focus on *Cancel*: how many, whose, which. More than one wants the number typed. What the
question names is what is changed, whatever the rows do meanwhile. What became of each is shown, failures first, and what
failed stays marked. Everything that is done is in the trail (\`sessctl trail\`), as what the command line does is.

Under a \`protected\` profile nothing can be changed until \`W\` lets changes through, and then each wants the profile's name
typed. Under a \`readOnly\` profile, and with \`--read-only\`, nothing can be changed.

## What it costs

A look at the native layout reads counts and the 500 most recent ids from the indexes, each of the 256 shards asked for its
share, and the records of the rows on the screen with a page above and below. All 500 records are read where an order, a
filter or groups need them, and then only those that have changed since. Nothing grows with the number of sessions:
\`npm run bench\` measures it at 10,000 and at 1,000,000. Only lines that changed are drawn, at most 15 times a second.

A layout without indexes is walked in the background: after each walk it is left alone for four times as long as the walk
took, and at least ten seconds. The rows on the screen are read at every look; how old the counts are stands above the table.

## When something is wrong

- Redis gone, slow or refusing: a red line says since when and why, and of when what is on the screen is. Keys go on working,
  times stand still, and it tries again at every interval.
- A command that the ACL denies: without \`INFO\` the header has no load, without the events no rates and a view that says
  so; \`sessctl acl\` prints what is needed.
- The terminal is given back however the screen ends: \`q\` (0), Ctrl-C or SIGINT (130), SIGHUP (129), SIGQUIT (131), SIGTERM
  (143), a bug (1, with its message). Ctrl-Z goes to the shell and \`fg\` comes back.

## How it looks

| option | |
| --- | --- |
| \`--theme high-contrast\` | nothing dim, the brightest of the 16 colours; both themes use these alone, as your terminal shows them |
| \`--no-color\`, \`NO_COLOR\` | bold, dim and inverse alone; no state is told by colour alone |
| \`--ascii\` | no signs but those of ASCII; what a session has beyond it becomes \`?\` |
| \`--no-motion\` | the screen changes with what is read and typed, not with time |
| \`--screen-reader\`, \`INK_SCREEN_READER=true\` | sentences instead of tables, with roles, and no motion |

It wants 60 columns and 15 lines. What comes from sessions is escaped as everywhere: nothing in it reaches the terminal as a
command. \`y\` asks the terminal to copy an id (OSC 52), which some terminals do only when they are told to.`;
