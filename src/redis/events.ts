import { eventTypes, type SessionEvent } from "../core/event.js";
import { isSessionId, type SessionId } from "../core/token.js";
import type { Reply } from "./commands.js";

/** An event before a script writes it: the script adds the id. */
export type EventFields = Pick<SessionEvent, "type" | "at"> & {
  readonly [Property in Exclude<keyof SessionEvent, "id" | "type" | "at">]?: SessionEvent[Property] | undefined;
};

/** An event as scripts take it: a JSON object without the bracket that opens it, since they put the session's id first. What is not known is left out. */
export function encodeEvent({ type, at, user, ip, userAgent, previousId, reason, actor }: EventFields): string {
  return JSON.stringify({ type, at, user, ip, ua: userAgent, old: previousId, why: reason, by: actor }).slice(1);
}

/** A whole event of one session, as the stream's field `e` holds it. */
export function encodeEventOf(id: SessionId, event: EventFields): string {
  return `{"id":"${id}",${encodeEvent(event)}`;
}

/** An event from a stream entry `[entry id, ["e", JSON]]`; `undefined` when it cannot be one. */
export function decodeEvent(entry: Reply): SessionEvent | undefined {
  const fields = Array.isArray(entry) ? entry[1] : undefined;
  const raw = Array.isArray(fields) && fields[0] === "e" ? parsed(String(fields[1])) : undefined;
  if (raw === undefined) return undefined;
  const type = eventTypes.find((candidate) => candidate === raw["type"]);
  const { id, at } = raw;
  // Ids go on to other commands: what is none makes no event.
  if (type === undefined || typeof id !== "string" || !isSessionId(id) || !isTime(at)) return undefined;
  const text = (name: string) => (typeof raw[name] === "string" ? raw[name] : undefined);
  const old = text("old");
  return {
    type,
    at,
    id,
    user: text("user"),
    ip: text("ip"),
    userAgent: text("ua"),
    previousId: old !== undefined && isSessionId(old) ? old : undefined,
    reason: text("why"),
    actor: text("by"),
  };
}

/** Within what a date can be. */
function isTime(at: unknown): at is number {
  return typeof at === "number" && Math.abs(at) <= 8.64e15;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const raw: unknown = JSON.parse(text);
    return typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
