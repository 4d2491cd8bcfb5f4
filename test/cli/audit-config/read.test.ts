import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAuditSettings } from "../../../src/cli/audit-config/read.js";
import { parseDocument } from "../../../src/cli/config/document.js";
import { SessctlError } from "../../../src/core/errors.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-audit-config-"));
  writeFileSync(path.join(folder, "tor.txt"), "# exits\n203.0.113.9\n\n198.51.100.0/24 # all of it\n");
  writeFileSync(path.join(folder, "bad.txt"), "203.0.113.9\nnothing\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (text: string) => readAuditSettings(parseDocument(text, "audit.json"), folder);

test("thresholds, severities, what is off and who is trusted are read, durations too", () => {
  const settings = read(`{
    // with remarks
    "rules": {
      "hijack": { "settleMs": "5m", "severity": "critical" },
      "concurrent-excess": { "floor": 12, "usualShare": 0.9 },
      "network-change": { "enabled": false },
    },
    "allow": { "networks": ["10.0.0.0/8", "@tor.txt"], "asns": [64500, "AS64501"], "users": ["load-test"] },
    "watch": ["@tor.txt"],
    "learning": 5,
  }`);
  expect(settings).toMatchObject({
    thresholds: { hijack: { settleMs: 300_000 }, "concurrent-excess": { floor: 12, usualShare: 0.9 } },
    severities: { hijack: "critical" },
    disabled: ["network-change"],
    trustedUsers: ["load-test"],
    learning: 5,
  });
  expect(["10.1.2.3", "198.51.100.77", "192.0.2.1"].map((ip) => settings.trust?.ip(ip))).toEqual([true, true, false]);
  expect([64_500, 64_501, 64_502].map((asn) => settings.trust?.asn(asn))).toEqual([true, true, false]);
  expect(settings.watched?.("203.0.113.9")).toBe(true);
  expect(settings.watched?.("203.0.113.10")).toBe(false);
});

test("an empty file changes nothing", () => {
  expect(read("{}")).toEqual({});
});

test.each([
  ['{\n  "rules": { "hijak": {} }\n}', "audit.json:2:14: there is no hijak", "Did you mean hijack?"],
  [
    '{ "rules": { "hijack": { "setleMs": 1 } } }',
    "audit.json:1:26: there is no hijack.setleMs",
    "Did you mean settleMs?",
  ],
  ['{ "rule": {} }', "audit.json:1:3: there is no rule", "Did you mean rules?"],
  ['{ "allow": { "network": [] } }', "audit.json:1:14: there is no allow.network", "Did you mean networks?"],
  ['{ "rules": { "hijack": { "settleMs": "soon" } } }', 'audit.json:1:38: "soon" is not a duration', "10m|30m"],
  ['{ "rules": { "hijack": { "settleMs": -1 } } }', "audit.json:1:38: this must be a duration", "list-rules"],
  ['{ "rules": { "concurrent-excess": { "usualShare": 2 } } }', "audit.json:1:51: this must be a share", ""],
  ['{ "rules": { "hijack": { "severity": "bad" } } }', "audit.json:1:38: this must be a severity", "critical"],
  ['{ "rules": { "hijack": { "enabled": 1 } } }', "audit.json:1:37: this must be true or false", ""],
  ['{ "rules": [] }', "audit.json:1:12: this must be an object", ""],
  ['{ "allow": { "networks": ["10.0.0.0/99"] } }', "audit.json:1:26", "203.0.113.0/24"],
  ['{ "allow": { "networks": "10.0.0.0/8" } }', "audit.json:1:26: this must be a list", ""],
  ['{ "allow": { "asns": ["x"] } }', "audit.json:1:22", "docs/audit.md"],
  ['{ "watch": ["@none.txt"] }', "none.txt cannot be read (ENOENT)", "beside"],
  ['{ "watch": ["@bad.txt"] }', "bad.txt:2:1", "203.0.113.0/24"],
  ['{ "learning": 1.5 }', "audit.json:1:15: this must be a whole number", ""],
  ['{ "learning": 1, }}', "audit.json:1:19", ""],
])("%s is an error with its place", (text, message, hint) => {
  let error: unknown;
  try {
    read(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(SessctlError);
  const { message: told, hint: advice } = error as SessctlError;
  expect(told).toContain(message);
  expect(advice).toMatch(new RegExp(hint.replace(/[.?/]/g, String.raw`\$&`).replace("10m|30m", "30m")));
});
