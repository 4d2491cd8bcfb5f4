import type { SelectorOptions } from "./selectors.js";

/** How a command line chose sessions, as the trail keeps it: the options as they were given, and of ids that they were. */
export function selectionText(args: readonly string[], options: SelectorOptions): string {
  const { user, ip, createdBefore, active, where, all = false, keep = [] } = options;
  if (args.includes("-")) return "ids from standard input";
  if (args.length > 0) return "ids";
  const given: readonly (readonly [flag: string, value: string | undefined])[] = [
    ["--user", user],
    ["--ip", ip],
    ["--created-before", createdBefore],
    ["--active", active],
    ["--where", where],
    ...keep.map((id) => ["--keep", id] as const),
  ];
  const parts = given.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${quoted(value)}`]));
  return [...(all ? ["--all"] : []), ...parts].join(" ");
}

/** As a shell would take it for one word. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
