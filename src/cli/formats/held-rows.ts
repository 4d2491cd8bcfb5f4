import type { SafeText } from "../../core/safe-text.js";
import type { Output } from "../io.js";
import { HeldText } from "./held-text.js";

/** Rows of a piece of text: the longest text there can be is not far from a million rows in one. */
const pieceLength = 1000;

/** The texts of rows that are held back, and how they are written. */
export interface HeldRows<Row> {
  readonly rows: AsyncIterable<readonly Row[]>;
  /** The text of some rows; `first` are the first there are. */
  readonly textOf: (rows: readonly Row[], first: boolean) => SafeText;
  /** What comes before them. */
  readonly before?: SafeText;
  /** What comes after them; `none`: there were none. */
  readonly after?: (none: boolean) => SafeText;
}

/**
 * Writes the text of all rows once the last has been read: a failure in the middle leaves the output empty. Of the rows
 * nothing but their text is kept.
 */
export async function writeHeld<Row>(output: Output, { rows, textOf, before, after }: HeldRows<Row>): Promise<void> {
  const held = new HeldText();
  let isFirst = true;
  try {
    for await (const batch of rows) {
      for (let start = 0; start < batch.length; start += pieceLength) {
        await held.add(textOf(batch.slice(start, start + pieceLength), isFirst));
        isFirst = false;
      }
    }
    if (before !== undefined) await output.write(before);
    for await (const text of held.pieces()) {
      await output.write(text);
      if (output.closed) return;
    }
    if (after !== undefined) await output.write(after(isFirst));
  } finally {
    await held.release();
  }
}
