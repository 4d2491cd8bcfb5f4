import { createHmac, timingSafeEqual } from "node:crypto";
import { SessctlError } from "../core/errors.js";

/** A secret that signs cookies: at least 32 bytes, as long as the hash (RFC 2104, 3). */
export type CookieSecret = string | Uint8Array;

const leastBytes = 32;
/** SHA-256 in base64url. */
const signatureLength = 43;

/** Signs values with the first of its secrets and accepts the signatures of all, so that secrets can be replaced one by one. */
export class Signer {
  readonly #secrets: readonly [CookieSecret, ...CookieSecret[]];
  readonly #purpose: string;

  /** `purpose` keeps a signature from being accepted elsewhere: the cookie's name. */
  constructor(secrets: readonly CookieSecret[], purpose: string) {
    const [first, ...others] = secrets;
    if (first === undefined || secrets.some((secret) => Buffer.from(secret).length < leastBytes)) {
      throw new SessctlError("invalid-argument", `a cookie secret must have at least ${leastBytes} bytes`, {
        hint: "Make one with `openssl rand -base64 32`.",
      });
    }
    this.#secrets = [first, ...others];
    this.#purpose = purpose;
  }

  /** The value with its signature: `<value>.<HMAC-SHA256 in base64url>`. */
  sign(value: string): string {
    return `${value}.${this.#signature(value, this.#secrets[0]).toString("base64url")}`;
  }

  /** The value of a signed one; `undefined` when no secret made the signature. `current`: the first did. */
  verify(signed: string): { readonly value: string; readonly current: boolean } | undefined {
    const dot = signed.length - signatureLength - 1;
    if (dot < 0 || signed[dot] !== ".") return undefined;
    const given = Buffer.from(signed.slice(dot + 1), "base64url");
    const value = signed.slice(0, dot);
    const by = this.#secrets.findIndex((secret) => {
      const right = this.#signature(value, secret);
      return given.length === right.length && timingSafeEqual(given, right);
    });
    return by === -1 ? undefined : { value, current: by === 0 };
  }

  #signature(value: string, secret: CookieSecret): Buffer {
    return createHmac("sha256", secret).update(`${this.#purpose}=${value}`).digest();
  }
}
