/** Cuts and joins what comes in pieces to lots of `length`, the last one perhaps smaller. */
export async function* inLots<Item>(pieces: AsyncIterable<readonly Item[]>, length: number): AsyncIterable<Item[]> {
  let lot: Item[] = [];
  for await (const piece of pieces) {
    for (const item of piece) {
      lot.push(item);
      if (lot.length < length) continue;
      yield lot;
      lot = [];
    }
  }
  if (lot.length > 0) yield lot;
}

/** Calls `work` with each item, `depth` calls ahead of who takes the answers, which come in order. */
export async function* ahead<Item, Answer>(
  items: AsyncIterable<Item>,
  depth: number,
  work: (item: Item) => Promise<Answer>,
): AsyncIterable<Answer> {
  const under: Promise<Answer>[] = [];
  for await (const item of items) {
    const answer = work(item);
    // A failure is told when it is its turn.
    answer.catch(() => undefined);
    under.push(answer);
    const first = under.length > depth ? under.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const answer of under) yield await answer;
}
