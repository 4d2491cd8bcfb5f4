import { defineScript } from "../../redis/script.js";
import source from "./write.lua";

interface Write {
  readonly key: string;
  readonly goneKey: string | undefined;
  readonly known: boolean;
  readonly expected: string | undefined;
  readonly text: string;
  /** ms since 1970; `undefined` for never. */
  readonly expiresAt: number | undefined;
}

/** What became of a write; with a conflict, the text that is stored. */
export type WriteOutcome =
  | { readonly outcome: "ok" | "gone" }
  | { readonly outcome: "conflict"; readonly stored: string };

export const writeScript = defineScript(source, {
  call: ({ key, goneKey, known, expected, text, expiresAt }: Write) => ({
    keys: goneKey === undefined ? [key] : [key, goneKey],
    args: [known ? "known" : "new", expected ?? "", text, expiresAt ?? ""],
  }),
  decode: (reply): WriteOutcome => {
    const [outcome, stored] = Array.isArray(reply) ? reply.map(String) : [];
    if (outcome === "ok" || outcome === "gone") return { outcome };
    if (outcome === "conflict" && stored !== undefined) return { outcome, stored };
    throw new Error("write.lua answered something else than its header says");
  },
});
