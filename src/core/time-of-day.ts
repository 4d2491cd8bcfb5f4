/** The time of day of an instant (ms since 1970) in UTC, `14:02:11Z`; `-` for what is no instant. */
export function timeOfDay(at: number): string {
  return Math.abs(at) <= 8.64e15 ? `${new Date(at).toISOString().slice(11, 19)}Z` : "-";
}
