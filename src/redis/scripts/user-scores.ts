import type { SessionId } from "../../core/token.js";
import type { Reply } from "../commands.js";
import { defineScript } from "../script.js";
import source from "./user_scores.lua";

/** A session, and the user whose index is asked for it. */
export interface UserEntry {
  readonly id: SessionId;
  readonly user: string;
}

/** A score; `null` when there is no entry, `"?"` when the index is none. */
export type Score = number | null | "?";

export const userScoresScript = defineScript(source, {
  readOnly: true,
  call: ({ entries }: { readonly entries: readonly UserEntry[] }, keys) => ({
    keys: entries.map(({ user }) => keys.user(user)),
    args: entries.map(({ id }) => id),
  }),
  decode: (reply): readonly Score[] =>
    (reply as Reply[]).map((score) => (score === null || score === "?" ? score : Number(score))),
});
