import type { Access } from "./access.js";
import type { Binding, Context } from "./binding.js";
import type { Key } from "./key-names.js";
import { overlayKeys } from "./overlay-keys.js";
import { pageKeys } from "./page-keys.js";

/** What every key does: the only definition, from which dispatch, help, footers and the documentation come. */
export const bindings: readonly Binding[] = [...pageKeys, ...overlayKeys];

/** What a key does there; `undefined` when nothing. */
export function bindingFor(key: Key, where: Context): Binding | undefined {
  return bindings.find((binding) => binding.where.includes(where) && binding.keys.includes(key));
}

/** Whether a screen with this access has a key. */
export function isThere({ changes, unlocks }: Binding, access: Access): boolean {
  return !(changes && access.kind === "read-only") && !(unlocks && access.kind !== "protected");
}

/** The keys that a footer shows, in order. */
export function footerKeys(where: Context, access: Access): readonly { readonly key: string; readonly word: string }[] {
  return bindings
    .filter((binding) => binding.where.includes(where) && isThere(binding, access))
    .flatMap((binding) => (binding.footer === undefined ? [] : [{ key: labelOf(binding), word: binding.footer }]));
}

/** A binding's keys as people read them. */
export function labelOf(binding: Binding): string {
  return binding.label ?? binding.keys[0] ?? "";
}
