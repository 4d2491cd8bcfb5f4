import { safe, type SafeText } from "../core/safe-text.js";
import { say } from "./say.js";

/** Ids named when many are missing. */
const named = 5;

/** Says which ids nothing has. */
export function missingText(missing: readonly string[]): SafeText {
  const list = safe(missing.slice(0, named).join(", "));
  const more = missing.length > named ? ` and ${missing.length - named} more` : "";
  return say`no session has the id ${list}${more}`;
}
