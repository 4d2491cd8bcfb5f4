import { setTimeout as delay } from "node:timers/promises";
import { EventFollower, type EventQuery, eventsOf } from "../../app/follow-events.js";
import { clientLabel } from "../../clients/label.js";
import { createClientReader } from "../../clients/reader.js";
import { formatDuration, parseDuration, parseTime } from "../../core/duration.js";
import { SessctlError } from "../../core/errors.js";
import { type EventType, eventTypes, type SessionEvent } from "../../core/event.js";
import { safe, safeJson, type SafeText } from "../../core/safe-text.js";
import { rfc3339 } from "../columns.js";
import type { CliCommand, Context } from "../command.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";
import type { Column } from "../formats/format.js";
import { recordOf } from "../formats/record.js";
import { oneBatch, writeSheet } from "../output.js";
import { joined, say } from "../say.js";
import { countOption, ofOption } from "../values.js";

interface Options {
  readonly since?: string;
  readonly user?: string;
  readonly type?: string;
  readonly limit?: string;
  readonly follow?: boolean;
}

/** Events shown where nobody said how many. */
const usualLimit = 100;
/** How often a follower looks. */
const everyMs = 1000;

/** What an operator should look at first. */
const alarming: readonly EventType[] = ["switched", "refused", "replayed"];

/** `sessctl events`. */
export const events: CliCommand = {
  examples: [
    ["sessctl events", `the last ${usualLimit} things that happened to sessions`],
    ["sessctl events --user alice --since 2h", "alice's of the last two hours"],
    ["sessctl events --type refused,replayed", "who was turned away, and who holds a dead token"],
    ["sessctl events --follow", "as they happen"],
    ["sessctl events --follow -o ndjson | jq .user", "for a program"],
  ],
  configure(command) {
    command
      .option("--since <time>", "only since then: 30m, 12h, `2h ago`, 2026-03-01T14:00:00Z")
      .option("--user <user>", "only of this user's sessions")
      .option("--type <types>", `only these, comma-separated: ${eventTypes.join(", ")}`)
      .option("--limit <n>", `at most so many, the newest; 0 is all that are kept (default: ${usualLimit})`)
      .option("-f, --follow", "go on, and show each as it comes; until Ctrl-C");
  },
  async run(context, _, command) {
    const options = command.opts<Options>();
    const query = queryOf(options, context.io.clock());
    return options.follow === true ? await follow(context, query) : await show(context, query);
  },
};

async function show(context: Context, query: EventQuery): Promise<0 | 3> {
  const found = await eventsOf(await context.connection.open(), query);
  const usual = context.settings.output ?? "table";
  const chosen = usual === "table" ? columns.filter(({ forPeople }) => forPeople !== undefined) : columns;
  await writeSheet(context, { columns: chosen, rows: oneBatch(found), idsOf: ({ id }) => [id] });
  if (found.length > 0) return exitCodes.done;
  if (!context.settings.quiet) await context.io.stderr.line(say`no event matched`);
  return exitCodes.nothing;
}

/** Shows events as they come, one a line, until the reader or the user has had enough. When Redis goes away it waits and goes on. */
async function follow({ io, settings, connection }: Context, query: EventQuery): Promise<0> {
  const { output } = settings;
  if (output !== undefined && output !== "table" && output !== "ndjson") {
    throw usageError(`--follow writes lines, not ${output}`, "Leave -o out, or use -o ndjson.");
  }
  const directory = await connection.open({ reconnect: true });
  const follower = new EventFollower(directory, query, io.clock());
  let away = false;
  for (let first = true; !io.stdout.closed; first = false) {
    try {
      for (const event of await follower.next()) {
        await io.stdout.line(output === "ndjson" ? safeJson(recordOf(event, columns)) : lineOf(event, io.stdout.paint));
      }
      if (away) await io.stderr.line(say`Redis is back`);
      away = false;
    } catch (error) {
      // What cannot be reached at all is told at once, as by every other command.
      if (first || !isPassing(error)) throw error;
      if (!away) await io.stderr.line(say`${error.message}; trying again`);
      away = true;
    }
    await delay(everyMs);
  }
  return exitCodes.done;
}

function isPassing(error: unknown): error is SessctlError {
  return error instanceof SessctlError && ["unreachable", "timeout", "unavailable"].includes(error.code);
}

function queryOf({ since, user, type, limit }: Options, now: number): EventQuery {
  const most = limit === undefined ? usualLimit : countOption("--limit", limit);
  return {
    ...(since === undefined ? {} : { since: sinceOption(since, now) }),
    ...(user === undefined ? {} : { user }),
    ...(type === undefined ? {} : { types: type.split(",").map(checkedType) }),
    ...(most === 0 ? {} : { limit: most }),
  };
}

/** A time, or how long ago it was. */
function sinceOption(text: string, now: number): number {
  return ofOption("--since", () => (/^[\ddhms]+$/i.test(text) ? now - parseDuration(text) : parseTime(text, now)));
}

function checkedType(text: string): string {
  const name = text.trim().toLowerCase();
  if (eventTypes.some((type) => type === name)) return name;
  throw usageError(`--type: there is no event ${JSON.stringify(text)}`, `Events: ${eventTypes.join(", ")}.`);
}

const reader = createClientReader();

/** The fields of an event in JSON; a table has those that people look for. */
const columns: readonly Column<SessionEvent>[] = [
  {
    name: "at",
    about: "when it happened, by the clock of whoever did it",
    value: ({ at }) => rfc3339(at),
    title: "AT",
    forPeople: { title: "AGO", cell: ({ at }, { now }) => safe(formatDuration(now - at)), align: "right" },
  },
  {
    name: "type",
    about: eventTypes.join(", "),
    value: ({ type }) => type,
    forPeople: { title: "EVENT", cell: ({ type }, { paint }) => painted(type, paint) },
  },
  {
    name: "id",
    about: "the session",
    value: ({ id }) => id,
    forPeople: { title: "ID", cell: ({ id }, { shorten, paint }) => paint("accent", safe(shorten(id))) },
  },
  {
    name: "user",
    about: "whose it is; null when anonymous",
    value: ({ user }) => user ?? null,
    forPeople: { title: "USER", cell: ({ user }) => safe(user ?? "-"), least: 8 },
  },
  {
    name: "ip",
    about: "address of the client that was new, refused, or held a dead token",
    value: ({ ip }) => ip ?? null,
    forPeople: { title: "IP", cell: ({ ip }) => safe(ip ?? "-"), least: 15 },
  },
  {
    name: "userAgent",
    about: "its user agent, as it was sent",
    value: ({ userAgent }) => userAgent ?? null,
    forPeople: { title: "CLIENT", cell: ({ userAgent }) => clientOf(userAgent), least: 8 },
  },
  { name: "previousId", about: "the id before a rotation", value: ({ previousId }) => previousId ?? null },
  {
    name: "reason",
    about: "why the session is gone",
    value: ({ reason }) => reason ?? null,
    forPeople: { title: "WHY", cell: ({ reason }) => safe(reason ?? ""), least: 8 },
  },
  {
    name: "actor",
    about: "who did it, when somebody said so",
    value: ({ actor }) => actor ?? null,
    forPeople: { title: "BY", cell: ({ actor }) => safe(actor ?? ""), least: 6 },
  },
];

function lineOf(event: SessionEvent, paint: Context["io"]["stdout"]["paint"]): SafeText {
  const { at, type, id, user, ip, userAgent, reason, actor } = event;
  const rest = [ip, userAgent && clientLabel(userAgent, reader), reason, actor && `by ${actor}`];
  return joined(
    [
      safe(rfc3339(at) ?? "-"),
      painted(type, paint),
      safe(id),
      safe(user ?? "-"),
      ...rest.filter((part) => part !== undefined).map((part) => safe(part)),
    ],
    "  ",
  );
}

function painted(type: EventType, paint: Context["io"]["stdout"]["paint"]): SafeText {
  return alarming.includes(type) ? paint("warning", safe(type)) : safe(type);
}

function clientOf(userAgent: string | undefined): SafeText {
  return safe(userAgent === undefined ? "-" : clientLabel(userAgent, reader));
}
