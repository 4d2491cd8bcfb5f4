import type { EventType, SessionEvent } from "../core/event.js";
import type { Reply } from "./commands.js";

/** An event before a script writes it: the script adds the id. */
export type EventFields = Pick<SessionEvent, "type" | "at"> & {
  readonly [Property in Exclude<keyof SessionEvent, "id" | "type" | "at">]?: SessionEvent[Property] | undefined;
};

const types: readonly EventType[] = [
  "created",
  "rotated",
  "switched",
  "destroyed",
  "revoked",
  "expired",
  "refused",
  "replayed",
];

/** Names of an event's fields in the stream, beside `id`, `type` and `at`. */
const names = [
  ["user", "user"],
  ["ip", "ip"],
  ["userAgent", "ua"],
  ["previousId", "old"],
  ["reason", "why"],
  ["actor", "by"],
] as const;

/** An event as fields and values of a stream entry; what is not known is left out. */
export function encodeEvent(event: EventFields): (string | number)[] {
  const optional = names.flatMap(([property, name]) => {
    const value = event[property];
    return value === undefined ? [] : [name, value];
  });
  return ["type", event.type, "at", event.at, ...optional];
}

/** An event from a stream entry `[entry id, [field, value, …]]`; `undefined` when it cannot be one. */
export function decodeEvent(entry: Reply): SessionEvent | undefined {
  const flat = Array.isArray(entry) ? entry[1] : undefined;
  if (!Array.isArray(flat)) return undefined;
  const fields = new Map<string, string>();
  for (let n = 0; n + 1 < flat.length; n += 2) fields.set(String(flat[n]), String(flat[n + 1]));
  const type = types.find((candidate) => candidate === fields.get("type"));
  const id = fields.get("id");
  const at = Number(fields.get("at"));
  if (type === undefined || id === undefined || !Number.isFinite(at)) return undefined;
  return {
    type,
    at,
    id,
    user: fields.get("user"),
    ip: fields.get("ip"),
    userAgent: fields.get("ua"),
    previousId: fields.get("old"),
    reason: fields.get("why"),
    actor: fields.get("by"),
  };
}
