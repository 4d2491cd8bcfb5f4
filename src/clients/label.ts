import type { ClientReader } from "../core/binding.js";

/**
 * A user agent in a few words: `Chrome 154 Windows`, `curl 8`, `?` when it says nothing.
 *
 * Parts of it are the client's own text: make it safe before showing it.
 */
export function clientLabel(userAgent: string | undefined, reader: ClientReader): string {
  if (userAgent === undefined) return "?";
  const { browser, major, os } = reader.agent(userAgent);
  if (browser === undefined) return os === undefined ? "?" : `? ${os}`;
  return [browser, major, os].filter((part) => part !== undefined).join(" ");
}
