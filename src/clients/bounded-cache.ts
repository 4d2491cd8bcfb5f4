/**
 * Remembers what `compute` returned for a string, for at most `limit` strings.
 *
 * Two generations: when the young one is full it becomes the old one, and what the old one held is forgotten. Entries in
 * use survive, the cost per call does not grow, and hostile input cannot make it hold more.
 */
export function boundedCache<Value>(limit: number, compute: (key: string) => Value): (key: string) => Value {
  const half = Math.max(1, Math.floor(limit / 2));
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return (key) => {
    const hit = young.get(key);
    if (hit !== undefined || young.has(key)) return hit as Value;
    const value = old.has(key) ? (old.get(key) as Value) : compute(key);
    if (young.size >= half) [old, young] = [young, new Map<string, Value>()];
    young.set(key, value);
    return value;
  };
}
