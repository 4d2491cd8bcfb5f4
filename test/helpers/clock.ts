/** A clock that stands still until it is moved. It begins now, since Redis lets go of what its own clock has passed. */
export interface TestClock {
  (): number;
  advance(ms: number): void;
}

export function testClock(): TestClock {
  let now = Date.now();
  return Object.assign(() => now, {
    advance(ms: number) {
      now += ms;
    },
  });
}

export const minutes = (n: number) => n * 60_000;
export const hours = (n: number) => n * 3_600_000;
