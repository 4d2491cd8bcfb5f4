import { isJsonObject, jsonTime, readJson } from "./formats/json.js";
import { UndecodableError } from "./formats/plain.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

/**
 * What Auth.js (next-auth) writes by @auth/upstash-redis-adapter: `user:session:<token>` =
 * `{"sessionToken":…,"userId":…,"expires":"…Z"}`, without TTL; `user:session:by-user-id:<userId>` has the name of the last
 * session's key, and so cannot tell a user's sessions.
 */
export const nextAuth: Layout = {
  name: "next-auth",
  title: "Auth.js (next-auth) with @auth/upstash-redis-adapter",
  type: "string",
  keys: {
    prefix: "user:session:",
    glob: "*",
    isSession: (rest) => !rest.startsWith("by-user-id:"),
    usualRest: /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  },
  capabilities: { ...walkedCapabilities, lastSeen: "none", client: false },
  notes: [
    "The adapter keeps no address and no user agent.",
    "Keys have no TTL: sessions that ended stay in Redis, and are left out here.",
    "Only sessions of the database strategy are in Redis; a JWT cannot be revoked.",
  ],
  decode({ bytes }) {
    const session = readJson(bytes);
    if (!isJsonObject(session) || typeof session["userId"] !== "string" || !("sessionToken" in session)) {
      throw new UndecodableError("JSON without sessionToken and userId");
    }
    const { sessionToken: _token, userId: _userId, expires, ...data } = session;
    return { user: session["userId"], idleEndsAt: jsonTime(expires), data };
  },
  belongings({ key, prefix, bytes }) {
    const session = readJson(bytes);
    if (!isJsonObject(session) || typeof session["userId"] !== "string") return [];
    const edit = (value: Buffer) => (value.toString("utf8") === key ? ("delete" as const) : undefined);
    return [{ do: "edit", key: `${prefix}by-user-id:${session["userId"]}`, edit }];
  },
};
