import type { Reply } from "../commands.js";
import { defineScript } from "../script.js";
import source from "./read_user_indexes.lua";

/** A user's index as it is. */
export interface StoredUserIndex {
  /** `undefined` when it is no sorted set. */
  readonly names: readonly string[] | undefined;
  /** When the index itself ends, ms since 1970; `Infinity` for never. */
  readonly endsAt: number;
}

export const readUserIndexesScript = defineScript(source, {
  readOnly: true,
  call: ({ users }: { readonly users: readonly string[] }, keys) => ({
    keys: users.map((user) => keys.user(user)),
    args: [],
  }),
  decode: (reply): readonly StoredUserIndex[] => {
    const values = reply as Reply[];
    return Array.from({ length: values.length / 2 }, (_, n) => {
      const names = values[2 * n] ?? null;
      const ends = Number(values[2 * n + 1]);
      return { names: Array.isArray(names) ? names.map(String) : undefined, endsAt: ends === -1 ? Infinity : ends };
    });
  },
});
