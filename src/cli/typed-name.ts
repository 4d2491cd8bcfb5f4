import { safe } from "../core/safe-text.js";

/** Whether a name is one that a person types: what begins as an option, or does not show as it is, is not offered. */
export function canBeTyped(name: string): boolean {
  return name !== "" && name.length <= 100 && safe(name) === name && !name.startsWith("-");
}
