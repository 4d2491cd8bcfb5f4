import type { SessionData } from "express-session";
import type { RedisStoreSettings } from "./options.js";

/** When a session expires in Redis, ms since 1970: with its cookie, or after `ttl`; `undefined` for never. */
export function expiryOf(session: SessionData, { ttl, disableTTL, clock }: RedisStoreSettings): number | undefined {
  if (disableTTL) return undefined;
  if (typeof ttl === "function") return Math.ceil(clock() + ttl(session) * 1000);
  return cookieExpiry(session) ?? Math.ceil(clock() + ttl * 1000);
}

/** When a session's cookie expires by what is written in it, ms since 1970; `undefined` when it ends with the browser. */
export function cookieExpiry(session: { readonly cookie?: { readonly expires?: unknown } }): number | undefined {
  const expires = session.cookie?.expires;
  if (!(expires instanceof Date) && typeof expires !== "string") return undefined;
  const at = new Date(expires).getTime();
  return Number.isNaN(at) ? undefined : at;
}
