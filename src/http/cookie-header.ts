/** More values under one name than this were not set by an application, and are not looked at. */
const mostValues = 8;

/**
 * The distinct values that a `Cookie` header gives a name, in order; `undefined` when there are more than eight.
 *
 * Each byte is read a fixed number of times and nothing is decoded, so that no header can be slow or throw: a session
 * cookie holds only characters that need neither quotes nor escapes.
 */
export function cookieValues(header: string, name: string): readonly string[] | undefined {
  const values = new Set<string>();
  const prefix = `${name}=`;
  for (let start = 0; start < header.length;) {
    const semicolon = header.indexOf(";", start);
    const end = semicolon === -1 ? header.length : semicolon;
    const value = valueOf(header, start, end, prefix);
    if (value !== undefined) values.add(value);
    if (values.size > mostValues) return undefined;
    start = end + 1;
  }
  return [...values];
}

function valueOf(header: string, from: number, to: number, prefix: string): string | undefined {
  let start = from;
  let end = to;
  while (start < end && isBlank(header.charCodeAt(start))) start++;
  if (!header.startsWith(prefix, start) || start + prefix.length > end) return undefined;
  while (end > start && isBlank(header.charCodeAt(end - 1))) end--;
  return header.slice(start + prefix.length, Math.max(end, start + prefix.length));
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
