/** Items handed to Redis at once: enough to make round trips few, little enough to stop between. */
const batchLength = 500;

/** Calls `work` with batches of the items, one after the other, and hands on each answer. */
export async function* inBatches<Item, Answer>(
  items: readonly Item[],
  work: (batch: readonly Item[]) => Promise<Answer>,
): AsyncGenerator<Answer> {
  for (let start = 0; start < items.length; start += batchLength) {
    yield await work(items.slice(start, start + batchLength));
  }
}
