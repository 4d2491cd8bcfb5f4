/** The first `length` characters as a string of its own: a mere slice would keep the whole text in memory. */
export function headOf(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length), "utf16le").toString("utf16le");
}
