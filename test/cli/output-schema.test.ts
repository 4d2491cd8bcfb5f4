import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FieldType } from "../../src/cli/formats/format.js";
import { type RecordKind, records } from "../../src/cli/records.js";
import { sessctl } from "../helpers/cli.js";
import { originalOf, readCsv } from "../helpers/csv.js";
import { fillWithHostile, type HostileSessions } from "../helpers/hostile-sessions.js";
import { hostileTexts } from "../helpers/hostile-texts.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// docs/output.md is made from `records`; here what commands write is held against them, for sessions that are as odd as
// can be.

let redis: TestRedis;
let filled: HostileSessions;
let folder: string;

beforeAll(async () => {
  redis = await startRedis();
  filled = await fillWithHostile(redis);
  // Sessions of another framework, with hostile keys and values in them, and a profile.
  for (const [n, text] of Object.values(hostileTexts).entries()) {
    const data = { cookie: { originalMaxAge: null }, [text]: text, passport: { user: text } };
    await redis.client.set(`sess:${n}`, JSON.stringify(data), "EX", 600);
  }
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-schema-"));
  mkdirSync(path.join(folder, "sessctl"));
  const profiles = { profiles: { here: { url: redis.url } } };
  writeFileSync(path.join(folder, "sessctl", "config.json"), JSON.stringify(profiles), { mode: 0o600 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

const ids = () => [...filled.texts.keys()];
/** For each kind of thing a command that writes it, once for each format. */
const writers: Readonly<Record<string, () => readonly string[]>> = {
  session: () => ["list", "--limit", "0"],
  "session in full": () => ["show", "--data", ...ids(), ...filled.corrupt],
  change: () => ["expire", ...ids(), "--in", "11h", "--yes", "--reason", "\u001B[2J"],
  event: () => ["events", "--limit", "0"],
  "what a session has only with --columns": () => ["list", "--limit", "0", "--columns", "country,asn"],
  finding: () => ["audit"],
  count: () => ["stats", "--top", "0"],
  check: () => ["doctor"],
  "user of Redis": () => ["acl"],
  deed: () => ["trail"],
  chain: () => ["trail", "--verify"],
  requirement: () => ["audit", "--policy", "asvs-l3"],
  rule: () => ["audit", "--list-rules"],
  layout: () => ["layouts"],
  "path in a layout's data": () => ["layouts", "--probe"],
  profile: () => ["profile", "list"],
  setting: () => ["profile", "show"],
};

type Rows = readonly Readonly<Record<string, unknown>>[];

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: (value) => /^[0-9a-f]{32}$/.test(String(value)),
  text: (value) => typeof value === "string",
  time: (value) => rfc3339.test(String(value)),
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  texts: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  objects: (value) => Array.isArray(value) && value.every((one) => checks["object"]?.(one) === true),
};

/** Why a value is not of a type; nothing when it is. */
function flaw(name: string, type: FieldType, value: unknown): readonly string[] {
  if (value === null) return type.endsWith("?") ? [] : [`${name} is null`];
  return checks[type.replace("?", "")]?.(value) === true ? [] : [`${name} is no ${type}: ${JSON.stringify(value)}`];
}

function flaws({ fields }: RecordKind, row: Readonly<Record<string, unknown>>): readonly string[] {
  const names = fields.map(({ name }) => name);
  const order = Object.keys(row).join() === names.join() ? [] : [`fields: ${Object.keys(row).join()}`];
  return [...order, ...fields.flatMap(({ name, type }) => flaw(name, type, row[name]))];
}

/** A cell of CSV as the value that it was made from, as far as CSV can tell. */
function valueOf(cell: string, type: FieldType): unknown {
  const text = originalOf(cell);
  const kind = type.replace("?", "");
  if (kind === "objects" && text === "") return [];
  if (kind === "texts") return text === "" ? [] : text.startsWith("[") ? JSON.parse(text) : text.split(" ");
  if (kind === "text") return text;
  if (text === "") return null;
  return ["number", "boolean", "object", "objects"].includes(kind) ? JSON.parse(text) : text;
}

describe.each(records)("$name", (record) => {
  const write = async (format: string) => {
    const args = writers[record.name]?.();
    if (args === undefined) throw new Error(`no command writes a ${record.name} here: add one to writers`);
    return (await sessctl([...args, "-o", format], { url: redis.url, env: { XDG_CONFIG_HOME: folder } })).stdout;
  };

  test("json", async () => {
    const whole = JSON.parse(await write("json")) as Readonly<Record<string, unknown>>;
    const within = record.member?.within;
    const written = (within === undefined ? whole : whole[within]) as Rows & Readonly<Record<string, Rows>>;
    const rows: Rows = record.member === undefined ? written : (written[record.member.name] ?? []);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.flatMap((row) => flaws(record, row))).toEqual([]);
  });

  test("ndjson", async () => {
    const lines = (await write("ndjson")).trimEnd().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.flatMap((row) => flaws(record, row))).toEqual([]);
  });

  test("csv", async () => {
    const [header, ...rows] = readCsv(await write("csv"));
    expect(header).toEqual(record.fields.map(({ name }) => name));
    expect(rows.length).toBeGreaterThan(0);
    for (const cells of rows) {
      const values = record.fields.map(({ name, type }, n): [string, unknown] => [name, valueOf(cells[n] ?? "", type)]);
      expect(flaws(record, Object.fromEntries(values))).toEqual([]);
    }
  });
});
