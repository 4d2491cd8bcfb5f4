import type { SafeText } from "../core/safe-text.js";

/** Who may change something from here: nobody, who types the profile's name, or anybody. */
export type Access =
  | { readonly kind: "read-only" }
  | { readonly kind: "protected"; readonly profile: SafeText }
  | { readonly kind: "open" };
