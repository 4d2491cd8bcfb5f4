import { randomFillSync } from "node:crypto";
import type { RandomBytes } from "./token.js";

/** Bytes drawn from the system at once: a call for a few costs as much as one for these. */
const poolBytes = 4096;

/** A cryptographically secure source that draws from `node:crypto` in larger pieces. Each byte is handed out once and wiped. */
export function pooledRandomBytes(): RandomBytes {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  return (bytes) => {
    if (bytes > poolBytes) return randomFillSync(new Uint8Array(bytes));
    if (used + bytes > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const drawn = pool.slice(used, used + bytes);
    pool.fill(0, used, used + bytes);
    used += bytes;
    return drawn;
  };
}
