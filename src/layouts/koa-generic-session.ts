import { commonGuesses } from "./common-guesses.js";
import { isJsonObject, readJson } from "./formats/json.js";
import { UndecodableError } from "./formats/plain.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

/**
 * What koa-generic-session writes by koa-redis: `koa:sess:<32 base64url>` =
 * `{"cookie":{"maxAge":3600000,"httpOnly":true,"path":"/","overwrite":true,"signed":true}, …the application's own}`.
 */
export const koaGenericSession: Layout = {
  name: "koa-generic-session",
  title: "koa-generic-session with koa-redis",
  type: "string",
  keys: { prefix: "koa:sess:", glob: "*", usualRest: /[\w-]{32}$/ },
  capabilities: { ...walkedCapabilities, lastSeen: "none" },
  notes: [
    "Last activity is not told: a session is saved when it changes, not when it is used.",
    "A request that began before a revocation and changes the session brings it back.",
  ],
  guesses: commonGuesses,
  decode({ bytes }) {
    const session = readJson(bytes);
    if (!isJsonObject(session) || !isJsonObject(session["cookie"])) {
      throw new UndecodableError("JSON without a cookie: no session of koa-generic-session");
    }
    const { cookie, ...data } = session;
    return { data, cookie };
  },
  recognises({ bytes }) {
    const session = readJson(bytes);
    // These two are in no cookie of express-session, which is else the same.
    return (
      isJsonObject(session) &&
      isJsonObject(session["cookie"]) &&
      "overwrite" in session["cookie"] &&
      "signed" in session["cookie"]
    );
  },
};
