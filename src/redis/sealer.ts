import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { SessctlError } from "../core/errors.js";
import type { SessionId } from "../core/token.js";

/** A secret of 32 bytes, or its base64 or hex text. */
export type SealKey = Uint8Array | string;

const algorithm = "aes-256-gcm";
const keyBytes = 32;
/** NIST SP 800-38D: a random nonce of 96 bits is good for 2^32 messages of one key. */
const nonceBytes = 12;
const tagBytes = 16;

interface Key {
  readonly name: string;
  readonly secret: Uint8Array;
}

/** Encrypts session data at rest: AES-256-GCM, with the session's id as associated data, so that no record passes for another's. */
export class Sealer {
  readonly #writing: Key;
  readonly #reading: ReadonlyMap<string, Key>;

  /** The first key writes, all read. */
  constructor(keys: readonly SealKey[]) {
    const all = keys.map(keyOf);
    const [first] = all;
    if (first === undefined) throw new SessctlError("invalid-argument", "sealKeys must hold at least one key");
    this.#writing = first;
    this.#reading = new Map(all.map((key) => [key.name, key]));
  }

  /** `<key's name>.<nonce, ciphertext and tag in base64url>` */
  seal(id: SessionId, text: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#writing.secret, nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(id));
    const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `${this.#writing.name}.${sealed.toString("base64url")}`;
  }

  /** The text that was sealed for this id; `undefined` when no key opens it. */
  open(id: SessionId, sealed: string): string | undefined {
    const [name = "", body = ""] = sealed.split(".");
    const key = this.#reading.get(name);
    const bytes = Buffer.from(body, "base64url");
    if (key === undefined || bytes.length < nonceBytes + tagBytes) return undefined;
    const decipher = createDecipheriv(algorithm, key.secret, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(id));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, "utf8") + decipher.final("utf8");
    } catch {
      return undefined;
    }
  }
}

function keyOf(key: SealKey): Key {
  const secret = typeof key === "string" ? Buffer.from(key, /^[0-9a-f]{64}$/i.test(key) ? "hex" : "base64") : key;
  if (secret.length !== keyBytes) {
    throw new SessctlError("invalid-argument", `a seal key must be ${keyBytes} bytes, not ${secret.length}`, {
      hint: "Make one with: openssl rand -base64 32",
    });
  }
  // A name that tells which key it was, and nothing of the key.
  return { name: createHash("sha256").update(secret).digest("hex").slice(0, 8), secret };
}
