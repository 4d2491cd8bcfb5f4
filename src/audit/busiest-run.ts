import { Tally } from "./tally.js";

/**
 * The run of a list in order of time within `windowMs` that has the most different keys, or without `keyOf` the most
 * members; the first of equals. Only runs that can grow no further are compared.
 */
export function busiestRun<Item extends { readonly createdAt: number }>(
  items: readonly Item[],
  windowMs: number,
  keyOf?: (item: Item) => number,
): readonly Item[] {
  const keys = new Tally<number>();
  let best = { from: 0, to: 0, size: 0 };
  let from = 0;
  for (const [n, item] of items.entries()) {
    for (
      let first = items[from];
      first !== undefined && item.createdAt - first.createdAt > windowMs;
      first = items[++from]
    ) {
      if (keyOf !== undefined) keys.remove(keyOf(first));
    }
    if (keyOf !== undefined) keys.add(keyOf(item));
    const next = items[n + 1];
    if (next !== undefined && next.createdAt - (items[from]?.createdAt ?? 0) <= windowMs) continue;
    const size = keyOf === undefined ? n + 1 - from : keys.size;
    if (size > best.size) best = { from, to: n + 1, size };
  }
  return items.slice(best.from, best.to);
}
