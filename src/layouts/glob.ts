/** A text as it stands in a glob pattern that finds just it. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);
}
