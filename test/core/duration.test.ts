import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseDuration, parseTime } from "../../src/core/duration.js";

test.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["12h", 43_200_000],
  ["7d", 604_800_000],
  ["1h30m", 5_400_000],
  ["1d2h3m4s", 93_784_000],
  ["0s", 0],
  [" 5M ", 300_000],
])("the duration %s", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", " ", "5", "5x", "m", "-5m", "1.5h", "30m1h", "5m 3s", "1h1h", "Infinity", "1e3s"])(
  "%j is no duration",
  (text) => {
    expect(() => parseDuration(text)).toThrow(
      expect.objectContaining({ code: "invalid-argument", hint: expect.stringContaining("1h30m") }),
    );
  },
);

test("a duration over a hundred years is refused", () => {
  expect(parseDuration("36500d")).toBe(36_500 * 86_400_000);
  expect(() => parseDuration("36501d")).toThrow(/100 years/);
  expect(() => parseDuration(`${"9".repeat(400)}d`)).toThrow(/100 years/);
});

test.each([
  [0, 1, "0s"],
  [-5, 1, "0s"],
  [59_999, 1, "59s"],
  [60_000, 1, "1m"],
  [7_199_999, 1, "1h"],
  [7_199_999, 2, "1h59m"],
  [3_600_000, 2, "1h"],
  [86_400_000 * 35, 1, "35d"],
  [Infinity, 1, "never"],
])("%d ms in %d parts is %s", (ms, parts, text) => {
  expect(formatDuration(ms, parts)).toBe(text);
});

test("a formatted duration is read back to the second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_500 * 86_400 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds * 1000 + 999, 4))).toBe(seconds * 1000);
    }),
  );
});

const now = Date.UTC(2026, 2, 1, 12);

test.each([
  ["2026-03-01T14:00:00Z", Date.UTC(2026, 2, 1, 14)],
  ["2026-03-01 14:00:00.5Z", Date.UTC(2026, 2, 1, 14, 0, 0, 500)],
  ["2026-03-01T14:00:00+02:00", Date.UTC(2026, 2, 1, 12)],
  ["2026-03-01T14:00-0230", Date.UTC(2026, 2, 1, 16, 30)],
  ["2026-03-01", new Date(2026, 2, 1).getTime()],
  ["2026-03-01T14:00", new Date(2026, 2, 1, 14).getTime()],
  ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
  ["now", now],
  ["2h ago", now - 7_200_000],
  ["in 1h30m", now + 5_400_000],
])("the time %s", (text, at) => {
  expect(parseTime(text, now)).toBe(at);
});

test.each([
  "",
  "yesterday",
  "2h",
  "ago",
  "2026-02-30",
  "2026-13-01",
  "2026-00-01",
  "2026-03-01T25:00:00Z",
  "2026-03-01T14:00:00+99:00",
  "14:00",
  "1",
])("%j is no time", (text) => {
  expect(() => parseTime(text, now)).toThrow(
    expect.objectContaining({ code: "invalid-argument", hint: expect.stringContaining("2h ago") }),
  );
});

test("a relative time with a wrong duration says which", () => {
  expect(() => parseTime("5x ago", now)).toThrow(/"5x" is not a duration/);
});

test("any instant is read back from its ISO 8601 form", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("2200-01-01T00:00:00Z"), noInvalidDate: true }), (date) => {
      expect(parseTime(date.toISOString(), now)).toBe(date.getTime());
    }),
  );
});
