import type { SessionId } from "../core/token.js";

/** How to abbreviate ids so that they stay apart from each other: by `shortest` characters (default 8), or as many more as it takes. */
export function abbreviate(ids: readonly SessionId[], shortest = 8): (id: SessionId) => string {
  const distinct = new Set(ids);
  let length = shortest;
  while (length < 32 && new Set([...distinct].map((id) => id.slice(0, length))).size < distinct.size) length++;
  return (id) => id.slice(0, length);
}
