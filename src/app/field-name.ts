/** Whether two texts name the same field: in any case, with or without dashes and the final `At`, so `last-seen` is `lastSeenAt`. */
export function sameField(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(name: string): string {
  return name.replaceAll(/[-_]/g, "").toLowerCase().replace(/at$/, "");
}
