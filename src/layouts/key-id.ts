import { hash } from "node:crypto";
import type { SessionId } from "../core/token.js";

/** The public id of the session under a key: the first 32 hex characters of SHA-256 over the key's name, which is a secret. */
export function idOfKey(key: string): SessionId {
  return hash("sha256", key, "hex").slice(0, 32);
}
