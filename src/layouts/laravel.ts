import { encryptedReason } from "../core/undecodable.js";
import type { SessionData } from "../core/session.js";
import { commonGuesses } from "./common-guesses.js";
import { readJson } from "./formats/json.js";
import { unserializePhp } from "./formats/php-serialize.js";
import { isPlainObject, type Plain, UndecodableError } from "./formats/plain.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

/** A guard's name, then the SHA-1 of its class: under it is who that guard takes the session's bearer for. */
const loginOf = /^login_(.+)_[0-9a-f]{40}$/;

/** Laravel's encryption: base64 of `{"iv":…`. */
const encrypted = /^eyJpdiI6/;

/**
 * Laravel's sessions on its Redis cache: `<prefix of Redis><prefix of the cache><40 letters and digits>`. The value is
 * serialised twice, once by the session and once by the cache around it; a text within is PHP's format, JSON, or
 * encrypted. Cache entries lie under the same prefix: a session is what has a `_token`, which every session gets.
 */
export const laravel: Layout = {
  name: "laravel",
  title: "Laravel sessions (the redis driver)",
  type: "string",
  keys: {
    prefix: "laravel-database-laravel-cache-",
    glob: "*",
    isSession: (rest) => /^[a-zA-Z0-9]{40}$/.test(rest),
    usualRest: /[a-zA-Z0-9]{40}$/,
  },
  capabilities: walkedCapabilities,
  notes: [
    "The user is the id that the guard web logged in, or else any guard.",
    "Encrypted sessions (SESSION_ENCRYPT) are told as undecodable; they can be revoked.",
    "Last activity follows from the TTL once session.lifetime is known: --idle says it.",
    "The client is told only where the application puts it into the session.",
    "Whoever has a remember_web cookie is logged in again by it: clear the user's remember_token too.",
    "A request that began before a revocation saves its session when it ends, and so brings it back.",
  ],
  guesses: { ip: commonGuesses.ip ?? [], ua: [...(commonGuesses.ua ?? []), "user_agent"] },
  decode({ bytes }) {
    const data = contentOf(bytes);
    return data?.["_token"] === undefined ? undefined : { data, user: userIn(data) };
  },
  // One that is encrypted or broken may be a cache entry as well.
  recognises: ({ bytes }) => contentOf(bytes)?.["_token"] !== undefined,
};

/** What a session keeps; `undefined` for a cache entry: a counter, a map, a text that is neither a map nor encrypted. */
function contentOf(bytes: Buffer): SessionData | undefined {
  const outer = bytes.subarray(0, 2).toString("latin1") === "s:" ? unserializePhp(bytes) : undefined;
  if (typeof outer !== "string") return undefined;
  if (encrypted.test(outer)) throw new UndecodableError(encryptedReason);
  const inner = Buffer.from(outer);
  if (outer.startsWith("a:")) return mapOrNone(unserializePhp(inner));
  return outer.startsWith("{") ? mapOrNone(readJson(inner) as Plain) : undefined;
}

function mapOrNone(value: Plain): SessionData | undefined {
  return isPlainObject(value) ? value : undefined;
}

function userIn(data: SessionData): string | undefined {
  const logins = new Map(
    Object.entries(data).flatMap(([name, user]) => {
      const guard = loginOf.exec(name)?.[1];
      return guard !== undefined && (typeof user === "string" || typeof user === "number")
        ? [[guard, String(user)]]
        : [];
    }),
  );
  return logins.get("web") ?? [...logins.values()][0];
}
