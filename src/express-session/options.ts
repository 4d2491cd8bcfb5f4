import type { SessionData } from "express-session";
import { SessctlError } from "../core/errors.js";
import type { RedisOptions } from "../redis/open.js";

/** Turns sessions into text and back; `parse` may be asynchronous. */
export interface Serializer {
  readonly parse: (text: string) => unknown;
  readonly stringify: (session: object) => string;
}

/** Options of the store, named as those of connect-redis where they mean the same. */
export interface RedisStoreOptions extends Pick<RedisOptions, "redis" | "commandTimeoutMs"> {
  /** What keys begin with; default `"sess:"`. */
  readonly prefix?: string;
  /** Seconds that a session lives whose cookie has no `maxAge`, or a function of the session that decides for all; default one day. */
  readonly ttl?: number | ((session: SessionData) => number);
  /** Whether sessions never expire in Redis; default `false`. */
  readonly disableTTL?: boolean;
  /** Whether requests that change nothing leave the expiry alone; default `false`. */
  readonly disableTouch?: boolean;
  /** Default `JSON`. */
  readonly serializer?: Serializer;
  /** How long a session that was destroyed cannot be written again, in ms; default 1 hour. Longer than any request takes. */
  readonly tombstoneMs?: number;
  /** Milliseconds since 1970; default the system's clock. */
  readonly clock?: () => number;
}

/** Options with the defaults filled in. */
export type RedisStoreSettings = Required<RedisStoreOptions>;

/** Fills in the defaults; `invalid-argument` for what connect-redis took and this store cannot. */
export function settingsOf(options: RedisStoreOptions): RedisStoreSettings {
  const { redis } = options;
  if (typeof redis !== "string" && (typeof redis !== "object" || redis === null || !("call" in redis))) {
    throw new SessctlError("invalid-argument", "the store needs `redis`: a URL or a client of ioredis", {
      hint: 'Instead of { client } of node-redis, give the URL that it was made with: { redis: "redis://127.0.0.1:6379" }.',
    });
  }
  const ttl = options.ttl ?? 86_400;
  if (typeof ttl === "number" && !(ttl > 0 && ttl < 1e9)) {
    throw new SessctlError("invalid-argument", `ttl must be seconds, not ${ttl}`);
  }
  return {
    redis,
    commandTimeoutMs: options.commandTimeoutMs ?? 2000,
    prefix: options.prefix ?? "sess:",
    ttl,
    disableTTL: options.disableTTL ?? false,
    disableTouch: options.disableTouch ?? false,
    serializer: options.serializer ?? JSON,
    tombstoneMs: options.tombstoneMs ?? 3_600_000,
    clock: options.clock ?? Date.now,
  };
}
