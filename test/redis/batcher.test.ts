import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Batcher } from "../../src/redis/batcher.js";

/** A batcher whose batches come back when they are told to. */
function collected(length = 10) {
  const sent: number[][] = [];
  const finish: (() => void)[] = [];
  const batcher = new Batcher<number>({
    length,
    send: (batch) => {
      sent.push([...batch]);
      return new Promise<void>((resolve) => finish.push(resolve));
    },
  });
  return { batcher, sent, finish };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a batcher", () => {
  it("sends what one turn of the event loop asks for together, in order", async () => {
    const { batcher, sent } = collected();
    for (const n of [1, 2, 3]) batcher.add(n);
    expect(sent).toEqual([]);
    await turn();
    expect(sent).toEqual([[1, 2, 3]]);
  });

  it("cuts what is too long for one", async () => {
    const { batcher, sent } = collected(2);
    for (const n of [1, 2, 3, 4, 5]) batcher.add(n);
    await turn();
    expect(sent).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("lets what comes while two are under way wait for one of them, together", async () => {
    const { batcher, sent, finish } = collected();
    for (const n of [1, 2]) {
      batcher.add(n);
      await turn();
    }
    batcher.add(3);
    batcher.add(4);
    finish[0]?.();
    await expect.poll(() => sent).toEqual([[1], [2], [3, 4]]);
  });

  it("lets nothing wait for batches that do not come back", async () => {
    const { batcher, sent } = collected();
    for (const n of [1, 2]) {
      batcher.add(n);
      await turn();
    }
    batcher.add(3);
    await delay(20);
    await expect.poll(() => sent).toEqual([[1], [2], [3]]);
  });

  it("is settled when what waits has been sent and is back", async () => {
    const { batcher, sent, finish } = collected();
    batcher.add(1);
    let isSettled = false;
    const settled = batcher.settled().then(() => (isSettled = true));
    expect(sent).toEqual([[1]]);
    await turn();
    expect(isSettled).toBe(false);
    finish[0]?.();
    await settled;
  });
});
