import { safe } from "../../core/safe-text.js";
import { redactUrl } from "../config/url.js";

/** The value of a setting as it may be shown: no password. */
export function shownValue(key: string, text: string): string {
  if (key === "password") return "***";
  return safe(key === "url" ? redactUrl(text) : text);
}
