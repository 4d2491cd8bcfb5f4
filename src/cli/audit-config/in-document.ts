import { SessctlError } from "../../core/errors.js";
import { safe } from "../../core/safe-text.js";
import { parseDocument, type Value } from "../config/document.js";

/** Reads a configuration without secrets in it; a mistake that has a place is shown in its line. */
export function inDocument<Read>(text: string, file: string, read: (root: Value) => Read): Read {
  try {
    return read(parseDocument(text, file));
  } catch (error) {
    throw error instanceof SessctlError ? withLine(error, text, file) : error;
  }
}

function withLine(error: SessctlError, text: string, file: string): SessctlError {
  const { code, message, hint } = error;
  const start = `${safe(file)}:`;
  // A list in another file has its own lines.
  const place = message.startsWith(start) ? /^(\d+):(\d+): /.exec(message.slice(start.length)) : null;
  if (place === null) return error;
  const line = text.split("\n")[Number(place[1]) - 1]?.replace(/\r$/, "") ?? "";
  const excerpt = { text: line, at: Math.min(line.length, Number(place[2]) - 1) };
  return new SessctlError(code, message, { ...(hint === undefined ? {} : { hint }), excerpt });
}
