import { expect, test } from "vitest";
import { flagsOf } from "../../src/app/flags.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { Sighting } from "../../src/core/session.js";
import { directorySession } from "../helpers/directory-session.js";

const reader = createClientReader();
const chrome = (major: number) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
const seen = (ip: string, userAgent: string): Sighting => ({ at: 0, ip, userAgent });
const home = seen("203.0.113.7", chrome(150));

test.each([
  ["one client", [home], []],
  ["a browser update in the same network", [home, seen("203.0.113.99", chrome(151))], []],
  ["another network", [home, seen("198.51.100.1", chrome(150))], ["net"]],
  ["another browser", [home, seen("203.0.113.7", "curl/8.5.0")], ["ua"]],
  [
    "both, one after the other",
    [home, seen("203.0.113.7", "curl/8.5.0"), seen("198.51.100.1", "curl/8.5.0")],
    ["ua", "net"],
  ],
])("%s", (_, sightings, flags) => {
  expect(flagsOf(directorySession({ sightings }), reader)).toEqual(flags);
});

test("an undecodable record is corrupt and nothing else", () => {
  expect(flagsOf(directorySession({ corrupt: "not JSON", idleEndsAt: Infinity, endsAt: Infinity }), reader)).toEqual([
    "corrupt",
  ]);
});

test("a session is endless only when neither limit ends it", () => {
  expect(flagsOf(directorySession({ idleEndsAt: Infinity, endsAt: Infinity }), reader)).toEqual(["endless"]);
  expect(flagsOf(directorySession({ endsAt: Infinity }), reader)).toEqual([]);
});
