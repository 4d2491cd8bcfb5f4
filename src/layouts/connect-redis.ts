import { isJsonObject, readJson } from "./formats/json.js";
import { UndecodableError } from "./formats/plain.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";
import { commonGuesses } from "./common-guesses.js";

/**
 * What connect-redis writes for express-session, and with @fastify/session:
 * `sess:<32 base64url>` = `{"cookie":{"originalMaxAge":3600000,"expires":"…",…}, …the application's own}`.
 *
 * A touch sets the TTL to the cookie's age and leaves the record alone, so `expires` goes stale and only the TTL counts.
 */
export const connectRedis: Layout = {
  name: "connect-redis",
  title: "connect-redis (express-session, @fastify/session)",
  type: "string",
  keys: { prefix: "sess:", glob: "*", usualRest: /[\w-]{32}$/ },
  capabilities: walkedCapabilities,
  notes: [
    "Last activity follows from the TTL where the cookie has a maxAge, to the second; with @fastify/session it is the last save.",
    "A request that began before a revocation and saves the session after it brings the session back.",
  ],
  guesses: commonGuesses,
  decode({ bytes }) {
    const session = readJson(bytes);
    if (!isJsonObject(session) || !isJsonObject(session["cookie"])) {
      throw new UndecodableError("JSON without a cookie: no session of express-session");
    }
    const { cookie, ...data } = session;
    const maxAge = cookie["originalMaxAge"];
    return { data, cookie, idleMs: typeof maxAge === "number" && maxAge > 0 ? maxAge : undefined };
  },
  recognises({ bytes }) {
    const session = readJson(bytes);
    return isJsonObject(session) && isJsonObject(session["cookie"]) && "originalMaxAge" in session["cookie"];
  },
};
