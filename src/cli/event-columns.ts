import { clientLabel } from "../clients/label.js";
import { createClientReader } from "../clients/reader.js";
import { formatDuration } from "../core/duration.js";
import { type EventType, eventTypes, type SessionEvent } from "../core/event.js";
import { safe, type SafeText } from "../core/safe-text.js";
import { rfc3339 } from "./columns.js";
import type { Column } from "./formats/format.js";
import type { Paint } from "./paint.js";
import { joined } from "./say.js";

/** What an operator should look at first. */
const alarming: readonly EventType[] = ["switched", "refused", "replayed"];

const reader = createClientReader();

/** The fields of an event in JSON; a table has those that are for people. */
export const eventColumns: readonly Column<SessionEvent>[] = [
  {
    name: "at",
    type: "time",
    about: "when it happened, by the clock of whoever did it",
    value: ({ at }) => rfc3339(at),
    title: "AT",
    forPeople: { title: "AGO", cell: ({ at }, { now }) => safe(formatDuration(now - at)), align: "right" },
  },
  {
    name: "type",
    type: "text",
    about: eventTypes.join(", "),
    value: ({ type }) => type,
    forPeople: { title: "EVENT", cell: ({ type }, { paint }) => painted(type, paint) },
  },
  {
    name: "id",
    type: "id",
    about: "the session",
    value: ({ id }) => id,
    forPeople: { title: "ID", cell: ({ id }, { shorten, paint }) => paint("accent", safe(shorten(id))) },
  },
  {
    name: "user",
    type: "text?",
    about: "whose it is; null when anonymous",
    value: ({ user }) => user ?? null,
    forPeople: { title: "USER", cell: ({ user }) => safe(user ?? "-"), least: 8 },
  },
  {
    name: "ip",
    type: "text?",
    about: "address of the client that was new, refused, or held a dead token",
    value: ({ ip }) => ip ?? null,
    forPeople: { title: "IP", cell: ({ ip }) => safe(ip ?? "-"), least: 15 },
  },
  {
    name: "userAgent",
    type: "text?",
    about: "its user agent, as it was sent",
    value: ({ userAgent }) => userAgent ?? null,
    forPeople: { title: "CLIENT", cell: ({ userAgent }) => clientOf(userAgent), least: 8 },
  },
  { name: "previousId", type: "id?", about: "the id before a rotation", value: ({ previousId }) => previousId ?? null },
  {
    name: "reason",
    type: "text?",
    about: "why the session is gone",
    value: ({ reason }) => reason ?? null,
    forPeople: { title: "WHY", cell: ({ reason }) => safe(reason ?? ""), least: 8 },
  },
  {
    name: "actor",
    type: "text?",
    about: "who did it, when somebody said so",
    value: ({ actor }) => actor ?? null,
    forPeople: { title: "BY", cell: ({ actor }) => safe(actor ?? ""), least: 6 },
  },
];

/** An event on one line, for a terminal on which they come one by one. */
export function eventLine(event: SessionEvent, paint: Paint): SafeText {
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

function painted(type: EventType, paint: Paint): SafeText {
  return alarming.includes(type) ? paint("warning", safe(type)) : safe(type);
}

function clientOf(userAgent: string | undefined): SafeText {
  return safe(userAgent === undefined ? "-" : clientLabel(userAgent, reader));
}
