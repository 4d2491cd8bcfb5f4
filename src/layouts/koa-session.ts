import { commonGuesses } from "./common-guesses.js";
import { isJsonObject, readJson } from "./formats/json.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What koa-session writes by koa-redis: a bare UUID without a prefix = `{…the application's own, "_expire":ms,"_maxAge":ms}`,
 * with `"_session":true` instead of both for a session that ends with the browser.
 *
 * The TTL is ten seconds longer than the session: `_expire` counts. It moves when the session is saved, which is at
 * changes, and at each request only with `rolling`.
 */
export const koaSession: Layout = {
  name: "koa-session",
  title: "koa-session with koa-redis",
  type: "string",
  keys: {
    prefix: "",
    glob: "????????-????-????-????-????????????",
    isSession: (rest) => uuid.test(rest),
    usualRest: /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  },
  capabilities: { ...walkedCapabilities, lastSeen: "none" },
  notes: [
    "Its keys have no prefix unless the application sets one: what does not look like its session is left out rather than reported.",
    "Last activity is not told: a session is saved when it changes, not when it is used.",
    "A request that began before a revocation and changes the session brings it back.",
  ],
  guesses: commonGuesses,
  decode({ bytes, prefix }) {
    const session = prefix === "" ? jsonOrNothing(bytes) : readJson(bytes);
    if (!isJsonObject(session)) return undefined;
    const { _expire: expire, _maxAge: maxAge, _session: endsWithBrowser, ...data } = session;
    if (endsWithBrowser === true) return { data };
    if (typeof expire !== "number" || typeof maxAge !== "number") return undefined;
    return { data, idleEndsAt: expire };
  },
};

/** A key without a prefix may be anybody's: what is no JSON is no session. */
function jsonOrNothing(bytes: Buffer) {
  try {
    return readJson(bytes);
  } catch {
    return undefined;
  }
}
