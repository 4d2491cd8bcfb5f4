import type { Json } from "../core/session.js";
import { isJsonObject, jsonTime, readJson } from "./formats/json.js";
import { UndecodableError } from "./formats/plain.js";
import { withoutMembers } from "./edit-list.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

/**
 * What better-auth writes by @better-auth/redis-storage: `better-auth:<token>` = `{"session":{…},"user":{…}}`, with the TTL
 * of the session, and `better-auth:active-sessions-<userId>` = `[{"token":…,"expiresAt":ms},…]`.
 *
 * That list is read, changed and written back, so that logins at the same time lose entries: it is of no use for finding.
 * Verifications, counters and other plugins' values lie under the same prefix.
 */
export const betterAuth: Layout = {
  name: "better-auth",
  title: "better-auth with @better-auth/redis-storage",
  type: "string",
  keys: {
    prefix: "better-auth:",
    glob: "*",
    isSession: (rest) => !rest.startsWith("active-sessions-") && !rest.startsWith("revoked-sessions-before-"),
    usualRest: /[A-Za-z0-9]{32}$/,
  },
  capabilities: { ...walkedCapabilities, created: true, lastSeen: "none" },
  notes: [
    "The user is the user's id; --map user=user.email takes the address instead.",
    "With cookieCache the application goes on accepting a revoked session until that cookie ends, 5 minutes by default.",
    "With storeSessionInDatabase the database has the session too: revoke it there.",
    "Last activity is not told.",
  ],
  decode({ bytes }) {
    const record = jsonOrNothing(bytes);
    if (!isJsonObject(record) || !("session" in record)) return undefined;
    const { session, user } = record;
    if (!isJsonObject(session) || typeof session["userId"] !== "string") {
      throw new UndecodableError("a session without userId");
    }
    const { token: _token, ipAddress, userAgent, userId: _userId, createdAt, expiresAt, ...more } = session;
    return {
      user: session["userId"],
      ip: textOf(ipAddress),
      userAgent: textOf(userAgent),
      createdAt: jsonTime(createdAt),
      idleEndsAt: jsonTime(expiresAt),
      data: { session: more, user: user ?? null },
    };
  },
  belongings({ prefix, rest, bytes }) {
    const record = readJson(bytes);
    const session = isJsonObject(record) ? record["session"] : undefined;
    if (!isJsonObject(session) || typeof session["userId"] !== "string") return [];
    const isOurs = (entry: Json) => isJsonObject(entry) && entry["token"] === rest;
    return [{ do: "edit", key: `${prefix}active-sessions-${session["userId"]}`, edit: withoutMembers(isOurs) }];
  },
};

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Others keep texts that are no JSON under this prefix, such as counters. */
function jsonOrNothing(bytes: Buffer): Json | undefined {
  if (bytes[0] !== 0x7b) return undefined;
  return readJson(bytes);
}
