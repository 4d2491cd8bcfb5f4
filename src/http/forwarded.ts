/** The addresses of an `X-Forwarded-For` header as written, the nearest proxy's report first. */
export function forwardedFor(header: string): readonly string[] {
  return header.split(",").toReversed();
}

/**
 * The `for` parameters of a `Forwarded` header (RFC 7239), the nearest proxy's report first. An element without one is
 * there as an empty string: it stands for a proxy that did not say.
 */
export function forwardedElements(header: string): readonly string[] {
  return splitOutsideQuotes(header, ",").toReversed().map(forParameter);
}

function forParameter(element: string): string {
  for (const pair of splitOutsideQuotes(element, ";")) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim().toLowerCase() === "for") return unquoted(pair.slice(equals + 1));
  }
  return "";
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  const quoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return quoted ? trimmed.slice(1, -1).replaceAll(/\\(.)/g, "$1") : trimmed;
}

function splitOutsideQuotes(text: string, separator: "," | ";"): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
