import { hash } from "node:crypto";
import { SessctlError } from "./errors.js";

/** The secret in the cookie: 2 hex characters of shard, then 32 base64url characters. Never stored, printed or logged. */
export type Token = string;

/** The public name of a session: the shard's 2 hex characters, then 30 hex characters of SHA-256(token). Opens nothing. */
export type SessionId = string;

/** One of 256 slices of a namespace, `00` to `ff`. */
export type Shard = string;

/** A source of cryptographically secure random bytes, such as `crypto.randomBytes`. */
export type RandomBytes = (bytes: number) => Uint8Array;

/** Random bytes in a token: 192 bits, over the 128 of ASVS 5.0 7.2.3 and a multiple of base64's three bytes. */
const tokenBytes = 24;

const tokenForm = /^[0-9a-f]{2}[A-Za-z0-9_-]{32}$/;
const idForm = /^[0-9a-f]{32}$/;
const idPrefixForm = /^[0-9a-f]{2,32}$/;

/** All 256 shards, in order. */
export const shards: readonly Shard[] = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

/** Makes a fresh token on a shard; `invalid-argument` for a source that gives too few bytes. */
export function newToken(shard: Shard, random: RandomBytes): Token {
  const bytes = random(tokenBytes);
  if (bytes.length !== tokenBytes) {
    throw new SessctlError(
      "invalid-argument",
      `the random source gave ${bytes.length} bytes instead of ${tokenBytes}`,
      {
        hint: "It must return as many bytes as it is asked for, such as crypto.randomBytes does.",
      },
    );
  }
  return shard + Buffer.from(bytes).toString("base64url");
}

/** Whether a string has the form of a token. Says nothing about whether its session exists. */
export function isToken(text: unknown): text is Token {
  return typeof text === "string" && tokenForm.test(text);
}

/** Whether a string is a whole session id. */
export function isSessionId(text: string): boolean {
  return idForm.test(text);
}

/** Whether a string can begin a session id: 2 to 32 lower-case hex characters. */
export function isIdPrefix(text: string): boolean {
  return idPrefixForm.test(text);
}

/** The public id of the session that a token opens. */
export function idOfToken(token: Token): SessionId {
  return token.slice(0, 2) + hash("sha256", token, "hex").slice(0, 30);
}

/** The shard that a session is kept on. */
export function shardOfId(id: SessionId): Shard {
  return id.slice(0, 2);
}

/** The shard that all sessions of a user are kept on: the first byte of SHA-256 over the user's UTF-8. */
export function shardOfUser(user: string): Shard {
  return hash("sha256", user, "hex").slice(0, 2);
}

/** A random shard, for a session without a user. */
export function randomShard(random: RandomBytes): Shard {
  return Buffer.from(random(1)).toString("hex").slice(0, 2);
}
