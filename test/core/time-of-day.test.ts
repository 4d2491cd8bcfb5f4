import { expect, it } from "vitest";
import { timeOfDay } from "../../src/core/time-of-day.js";

it.each([
  [0, "00:00:00Z"],
  [Date.UTC(2026, 10, 24, 14, 2, 11, 999), "14:02:11Z"],
  [Number.NaN, "-"],
  [Infinity, "-"],
  [9e15, "-"],
])("%s is %s of a day", (at, text) => {
  expect(timeOfDay(at)).toBe(text);
});
