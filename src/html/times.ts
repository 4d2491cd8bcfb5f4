/** A time as the report tells it: `2026-11-24 14:02:11`, in UTC; a dash when there is none. */
export function utc(time: number | null): string {
  if (time === null || !(Math.abs(time) <= 8.64e15)) return "–";
  return new Date(time).toISOString().slice(0, 19).replace("T", " ");
}
