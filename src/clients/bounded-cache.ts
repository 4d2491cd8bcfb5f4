import { RecentMap } from "../core/recent-map.js";

/** Remembers what `compute` returned for a string, for about `limit` strings: those in use stay, and hostile input cannot make it hold more. */
export function boundedCache<Value>(limit: number, compute: (key: string) => Value): (key: string) => Value {
  const values = new RecentMap<string, Value>(limit);
  return (key) => {
    const fresh = values.fresh(key);
    if (fresh !== undefined || values.isFresh(key)) return fresh as Value;
    const value = values.has(key) ? (values.get(key) as Value) : compute(key);
    values.set(key, value);
    return value;
  };
}
