declare const safeMark: unique symbol;

/** Text that can be written to a terminal without doing anything there but appear. Made by `safe` alone. */
export type SafeText = string & { readonly [safeMark]: true };

/**
 * What never reaches a terminal as it is: controls (C0, DEL, C1), format characters (bidi, zero-width, tags), surrogates
 * without a partner, private use, unassigned, line and paragraph separators, everything that draws nothing by Unicode's
 * definition (variation selectors, Hangul fillers), and combining marks without a base or beyond the fourth on one.
 */
const unsafe = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?<=^|[\p{C}\p{Z}]|\p{M}{4})\p{M}/gu;

/** Printable ASCII, the usual case, needs no look at Unicode's tables. */
const plain = /^[\x20-\x7e]*$/;

/**
 * Text with everything unsafe written out: `\n`, `\x1b`, `\u202e`, `\u{e0041}`. A backslash stays one, so the result shows
 * what was there but cannot be turned back; JSON output is for that. Applying it twice changes nothing.
 */
export function safe(text: string): SafeText {
  return (plain.test(text) ? text : text.replace(unsafe, visible)) as SafeText;
}

/** JSON of a value in which everything unsafe is `\uXXXX`: still the same value to a parser, and harmless to a terminal. */
export function safeJson(value: unknown, indent?: number): SafeText {
  const json = JSON.stringify(value, undefined, indent) ?? "null";
  return json.replace(unsafe, (text) => (text === "\n" ? text : jsonEscape(text))) as SafeText;
}

function visible(text: string): string {
  const named = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[text];
  if (named !== undefined) return named;
  const hex = (text.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

function jsonEscape(text: string): string {
  let escaped = "";
  for (let at = 0; at < text.length; at++) escaped += `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return escaped;
}
