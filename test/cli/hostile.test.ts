import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { formatNames } from "../../src/cli/formats/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { originalOf, readCsv } from "../helpers/csv.js";
import { fillWithHostile, type HostileSessions } from "../helpers/hostile-sessions.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import { virtualScreen } from "../helpers/screen.js";

// Whatever is in a session, no command in any format does anything to a terminal but show it. Every command of the
// registry and every format is tried; one that wants more than its name has its lines here.

let redis: TestRedis;
let filled: HostileSessions;

beforeAll(async () => {
  redis = await startRedis();
  filled = await fillWithHostile(redis);
});
afterAll(() => redis.stop());

const ids = () => [...filled.texts.keys(), ...filled.corrupt];
const special: Readonly<Record<string, () => readonly (readonly string[])[]>> = {
  list: () => [
    ["list", "--limit", "0"],
    ["list", "--limit", "0", "--where", 'data.nothing == "x" || size > 0'],
  ],
  show: () => [
    ["show", ...ids()],
    ["show", "--data", ...ids()],
  ],
  revoke: () => [
    ["revoke", "--all", "--dry-run"],
    ["revoke", "--where", "nonsense\u001B[2J"],
  ],
  expire: () => [
    ["expire", "--all", "--in", "1h", "--dry-run"],
    ["expire", ids()[0] ?? "", "--in", "11h", "--reason", "\u001B[2J"],
  ],
  events: () => [["events", "--limit", "0"]],
  trail: () => [["trail"], ["trail", "--verify"]],
  top: () => [["top", "--once"]],
  // Its Redis is its own, without hostile sessions.
  demo: () => [["demo", "--help"]],
};

/** Everything that must not reach a screen, but for line breaks. */
// oxlint-disable-next-line no-control-regex
const acting = /[^\P{C}\n]|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{M}{5}/u;
// oxlint-disable-next-line no-control-regex
const colours = /\u001B\[[\d;]*m/g;

/** Shows a text on a terminal of the test's own, and says what that did beyond showing it. */
async function mischiefOf(text: string): Promise<readonly string[]> {
  const screen = virtualScreen(120, 40);
  // The rest of a megabyte is more of the same; that it has nothing acting in it was looked at.
  await screen.write(text.slice(0, 300_000).replaceAll(/\r?\n/g, "\r\n"));
  return [
    ...screen.mischief,
    ...(screen.inAlternateBuffer ? ["alternate buffer"] : []),
    ...(screen.cursorShown ? [] : ["no cursor"]),
  ];
}

describe.each(commands.map(({ name }) => name))("%s", (name) => {
  const lines = () => special[name]?.() ?? [[name]];

  test.each(formatNames)("-o %s in a pipe only shows", async (format) => {
    for (const args of lines()) {
      const { stdout, stderr } = await sessctl([...args, "-o", format], { url: redis.url });
      for (const text of [format === "csv" ? stdout.replaceAll("\r\n", "\n") : stdout, stderr]) {
        expect(acting.exec(text)?.[0]).toBeUndefined();
        expect(await mischiefOf(text)).toEqual([]);
      }
      if (format !== "id") expect(stdout + stderr).not.toBe("");
    }
  });

  test.each(["table", "wide", "json"])("-o %s on a terminal only shows, and colours", async (format) => {
    for (const args of lines()) {
      const running = startOnTerminal([process.execPath, program, ...args, "-q", "-o", format], {
        columns: 120,
        env: { SESSCTL_URL: redis.url },
      });
      await running.ended;
      const text = running.output.replaceAll(colours, "").replaceAll("\r\n", "\n");
      expect(acting.exec(text)?.[0]).toBeUndefined();
      expect(running.screen.mischief).toEqual([]);
      expect(running.screen.inAlternateBuffer).toBe(false);
    }
  });
});

test.each<[format: string, more: number]>([
  ["table", 1],
  ["wide", 1],
  ["ndjson", 0],
  ["csv", 1],
  ["id", 0],
])("list -o %s is as many lines as there are sessions, and %d", async (format, more) => {
  const { stdout } = await sessctl(["list", "--limit", "0", "-o", format], { url: redis.url });
  expect(stdout.split("\n")).toHaveLength(filled.texts.size + filled.corrupt.length + more + 1);
});

test("a table on a terminal is a line for each session", async () => {
  const running = startOnTerminal([process.execPath, program, "list", "--limit", "0", "-q"], {
    columns: 120,
    env: { SESSCTL_URL: redis.url },
  });
  await running.ended;
  expect(running.output.split("\r\n")).toHaveLength(filled.texts.size + filled.corrupt.length + 2);
});

describe("what was there can be had again from", () => {
  /** The fields of a session that hold its text. */
  const fields = ["user", "level", "userAgent"];

  function expectTexts(rows: readonly Readonly<Record<string, unknown>>[]): void {
    const found = rows.filter(({ id }) => filled.texts.has(id as string));
    expect(found).toHaveLength(filled.texts.size);
    for (const row of found) {
      const text = filled.texts.get(row["id"] as string);
      for (const field of fields) expect(row[field]).toBe(text);
      expect(row["ip"]).toBe(`${text}2`);
    }
  }

  test("json and ndjson", async () => {
    const { stdout } = await sessctl(["list", "--limit", "0", "-o", "json"], { url: redis.url });
    expectTexts(JSON.parse(stdout) as Record<string, unknown>[]);
    const streamed = await sessctl(["list", "--limit", "0", "-o", "ndjson"], { url: redis.url });
    const rows = streamed.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expectTexts(rows);
  });

  test("csv, with and without the guard against formulas", async () => {
    for (const raw of [[], ["--csv-raw"]]) {
      const { stdout } = await sessctl(["list", "--limit", "0", "-o", "csv", ...raw], { url: redis.url });
      const [header = [], ...lines] = readCsv(stdout);
      const guarded = raw.length === 0;
      const read = (cell: string) => (guarded ? originalOf(cell) : unguarded(cell));
      const field = (n: number): string => header[n] ?? "";
      expectTexts(
        lines.map((cells) => Object.fromEntries(cells.map((cell, n): [string, string] => [field(n), read(cell)]))),
      );
      if (guarded) expect(lines.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    }
  });

  test("show --data, keys and values", async () => {
    const { stdout } = await sessctl(["show", "--data", "-o", "json", ...filled.texts.keys()], { url: redis.url });
    for (const { id, data } of JSON.parse(stdout) as { id: string; data: unknown }[]) {
      const text = filled.texts.get(id) ?? "";
      expect(data).toEqual(JSON.parse(JSON.stringify({ [text]: text, list: [text, { [text]: 1 }] })));
    }
  });
});

function unguarded(cell: string): string {
  return JSON.parse(`"${cell.replaceAll('"', '\\"')}"`) as string;
}
