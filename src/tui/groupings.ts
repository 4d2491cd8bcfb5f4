import type { GroupBy } from "../app/watch/groups.js";

/** What sessions can be grouped by, in the order of the list. */
export const groupings: readonly { readonly by: GroupBy; readonly about: string }[] = [
  { by: "user", about: "who has the most sessions" },
  { by: "network", about: "the /24 or /64 of the address last seen" },
  { by: "browser", about: "family of the browser or tool last seen" },
  { by: "country", about: "country of the address last seen" },
];
