import { readPhpSession } from "./formats/php-session.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";
import { commonGuesses } from "./common-guesses.js";

/** What phpredis puts before the session id, on one server and in a cluster, unless its settings say otherwise. */
const usualPrefixes = ["PHPREDIS_SESSION:", "PHPREDIS_CLUSTER_SESSION:"];

/** What PHP's session ids are made of; `session.sid_length` is 22 to 256. */
const sessionId = /[a-zA-Z0-9,-]{22,256}$/;

/**
 * PHP's own sessions by the phpredis extension: `PHPREDIS_SESSION:<id>` holds the variables as one of PHP's handlers
 * wrote them; the TTL is `session.gc_maxlifetime`, set by every request. `<key>_LOCK` is there while a request holds the
 * session, where locking is on.
 */
export const php: Layout = {
  name: "php",
  title: "PHP sessions (phpredis)",
  type: "string",
  keys: {
    prefix: "PHPREDIS_SESSION:",
    glob: "*",
    isSession: (rest) => !rest.endsWith("_LOCK"),
    usualRest: sessionId,
  },
  capabilities: walkedCapabilities,
  notes: [
    "Where the user is, and the client, is the application's choice: --map says it.",
    "Last activity follows from the TTL once session.gc_maxlifetime is known: --idle says it.",
    "Without session.use_strict_mode PHP gives whoever comes with an ended session's cookie a new, empty session under the same id.",
    "A request that began before a revocation and changes its session brings it back, unless redis.session.locking_enabled is on with a lock_expire: then its lock is taken away.",
    "Sessions that phpredis compressed with zstd, or that igbinary serialised, are told as undecodable; they can be revoked.",
  ],
  guesses: {
    ...commonGuesses,
    user: ["user_id", ...(commonGuesses.user ?? []), "username", "user_name", "login", "email"],
    ip: [...(commonGuesses.ip ?? []), "ip_address", "remote_addr"],
    ua: [...(commonGuesses.ua ?? []), "user_agent"],
  },
  decode({ bytes }) {
    return { data: readPhpSession(bytes).variables };
  },
  /**
   * Under a prefix of phpredis's anything that reads as a session is one. Elsewhere PHP's handlers `php` and `php_binary`
   * are like nothing else; `php_serialize` is what any cache in PHP writes too, and an empty value says nothing.
   */
  recognises({ bytes, prefix }) {
    if (usualPrefixes.some((usual) => prefix.endsWith(usual))) return true;
    const { handler } = readPhpSession(bytes);
    return handler === "php" || handler === "php_binary";
  },
  belongings: ({ key }) => [{ do: "delete", key: `${key}_LOCK` }],
};
