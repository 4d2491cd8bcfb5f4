import type { SafeText } from "../../core/safe-text.js";

/**
 * The texts of all batches that are not empty, once the last has been read: a failure in the middle leaves the output
 * empty. Of the rows nothing but their text is kept, in one piece for each batch.
 */
export async function textOfBatches<Row>(
  batches: AsyncIterable<readonly Row[]>,
  textOf: (batch: readonly Row[]) => SafeText,
): Promise<readonly SafeText[]> {
  const texts: SafeText[] = [];
  for await (const batch of batches) {
    // As many as fit a piece: the longest text there can be is not far from a million rows in one.
    for (let start = 0; start < batch.length; start += pieceLength) {
      texts.push(textOf(batch.slice(start, start + pieceLength)));
    }
  }
  return texts;
}

/** Rows of a piece of text. */
const pieceLength = 1000;
