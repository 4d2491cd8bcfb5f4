/** The columns that a text takes on a terminal. */
export type Measure = (text: string) => number;

const ascii = /^[\x20-\x7e]*$/;

/** How to measure these texts and parts of them. What measures all scripts takes long to load, so plain ASCII goes without. */
export async function measureFor(texts: Iterable<string>): Promise<Measure> {
  for (const text of texts) {
    if (!ascii.test(text)) return (await import("string-width")).default;
  }
  return (text) => text.length;
}
