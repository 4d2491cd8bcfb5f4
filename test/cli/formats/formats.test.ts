import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Column, Format } from "../../../src/cli/formats/format.js";
import { formats as registry, type FormatName } from "../../../src/cli/formats/index.js";
import type { Json } from "../../../src/core/session.js";
import { capturedOutput } from "../../helpers/captured-output.js";
import { originalOf, readCsv } from "../../helpers/csv.js";

interface Row {
  readonly id: string;
  readonly text: Json;
}

const loaded = await Promise.all(registry.map(async ({ name, load }) => [name, await load()] as const));
const formats = Object.fromEntries(loaded) as Readonly<Record<FormatName, Format>>;

const columns: readonly Column<Row>[] = [
  { name: "id", type: "text", about: "", value: ({ id }) => id },
  { name: "text", type: "text?", about: "", value: ({ text }) => text },
];

async function* batches(...rows: readonly (readonly Row[])[]) {
  yield* await Promise.resolve(rows);
}

async function written(
  format: Format,
  rows: AsyncIterable<readonly Row[]>,
  options: { readonly csvRaw?: boolean; readonly width?: number; readonly colour?: boolean } = {},
): Promise<string> {
  const output = capturedOutput(options);
  const sheet = { columns, rows, idsOf: ({ id }: Row) => [id] };
  await format.write(sheet, { output, now: 0, csvRaw: options.csvRaw ?? false });
  return output.text;
}

const three = () =>
  batches(
    [{ id: "1", text: "a" }],
    [],
    [
      { id: "2", text: null },
      { id: "3", text: ["ua", "net"] },
    ],
  );

describe.each(Object.entries(formats))("%s", (_, format) => {
  test("writes nothing when the reading fails at once", async () => {
    const output = capturedOutput();
    async function* failing(): AsyncGenerator<readonly Row[]> {
      yield* await Promise.reject<Row[][]>(new Error("unreachable"));
    }
    const sheet = { columns, rows: failing(), idsOf: ({ id }: Row) => [id] };
    await expect(format.write(sheet, { output, now: 0, csvRaw: false })).rejects.toThrow("unreachable");
    expect(output.text).toBe("");
  });

  test("takes a batch of any length", async () => {
    const many = Array.from({ length: 200_000 }, (_, n) => ({ id: String(n), text: null }));
    expect((await written(format, batches(many))).match(/199999/g)).toHaveLength(1);
  });

  test("shows hostile text harmlessly", async () => {
    const shown = await written(
      format,
      batches([{ id: "\u001B[2J", text: "\u001B]52;c;x\u0007\u202E\n\u2028\uD800" }]),
    );
    // oxlint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\u202E\u2028\uD800]/);
  });
});

test.each(Object.entries(formats).filter(([name]) => name !== "ndjson"))(
  "%s writes nothing when the reading fails in the middle",
  async (_, format) => {
    const output = capturedOutput();
    async function* breaking(): AsyncGenerator<readonly Row[]> {
      yield* three();
      throw new Error("unreachable");
    }
    const sheet = { columns, rows: breaking(), idsOf: ({ id }: Row) => [id] };
    await expect(format.write(sheet, { output, now: 0, csvRaw: false })).rejects.toThrow("unreachable");
    expect(output.text).toBe("");
  },
);

test("json is one array, whatever the number of rows", async () => {
  const json = formats.json;
  expect(JSON.parse(await written(json, three()))).toEqual([
    { id: "1", text: "a" },
    { id: "2", text: null },
    { id: "3", text: ["ua", "net"] },
  ]);
  expect(await written(json, batches())).toBe("[]\n");
  expect(JSON.parse(await written(json, three(), { width: 80 }))).toHaveLength(3);
});

test("ndjson is one object a line", async () => {
  const text = await written(formats.ndjson, three());
  expect(text.split("\n")).toEqual([
    '{"id":"1","text":"a"}',
    '{"id":"2","text":null}',
    '{"id":"3","text":["ua","net"]}',
    "",
  ]);
});

test("ndjson is written as the rows come", async () => {
  const output = capturedOutput();
  async function* rows() {
    yield await Promise.resolve([{ id: "1", text: null }]);
    expect(output.text).toContain('"id":"1"');
    yield [{ id: "2", text: null }];
  }
  const ndjson = formats.ndjson;
  await ndjson.write({ columns, rows: rows(), idsOf: ({ id }) => [id] }, { output, now: 0, csvRaw: false });
  expect(output.text.split("\n")).toHaveLength(3);
});

test("id is one id a line", async () => {
  expect(await written(formats.id, three())).toBe("1\n2\n3\n");
});

test("csv has a header, quotes what needs it, and empty cells for what is not known", async () => {
  const rows = batches([
    { id: "1", text: 'say "hi", twice' },
    { id: "2", text: null },
    { id: "3", text: ["ua", "net"] },
    { id: "4", text: 7 },
  ]);
  expect(await written(formats.csv, rows)).toBe('id,text\r\n1,"say ""hi"", twice"\r\n2,\r\n3,ua net\r\n4,7\r\n');
  expect(await written(formats.csv, batches())).toBe("id,text\r\n");
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1"])(
  "csv: %j is no formula unless asked for",
  async (text) => {
    const csv = formats.csv;
    const guarded = await written(csv, batches([{ id: "1", text }]));
    expect(guarded.split("\r\n")[1]).toBe(`1,'${JSON.stringify(text).slice(1, -1)}`);
    const raw = await written(csv, batches([{ id: "1", text }]), { csvRaw: true });
    expect(raw.split("\r\n")[1]).toBe(`1,${JSON.stringify(text).slice(1, -1)}`);
  },
);

test("csv: any text is one cell again, can be read back, and never begins as a formula", async () => {
  const csv = formats.csv;
  const unit = fc.constantFrom(",", '"', "\n", "\r", "=", "a", " ", "'", "\\", "n", "\u001B", "\uD800", "[");
  await fc.assert(
    fc.asyncProperty(fc.string({ unit }), async (text) => {
      const read = readCsv(await written(csv, batches([{ id: "1", text }])));
      expect(read[1]?.[1]).not.toMatch(/^[=+\-@]/);
      expect(read.map(([, cell]) => originalOf(cell ?? ""))).toEqual(["text", text]);
    }),
  );
});

test("csv: any list is one cell, of words or of JSON", async () => {
  const csv = formats.csv;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom(" ", "a", "[", "]", '"', ",") })), async (list) => {
      const [, [, cell = ""] = []] = readCsv(await written(csv, batches([{ id: "1", text: list }])));
      const text = originalOf(cell);
      const words = text === "" ? [] : text.split(" ");
      expect(text.startsWith("[") ? JSON.parse(text) : words).toEqual(list);
    }),
  );
});

test("a table in a pipe is aligned, complete and without colour", async () => {
  const long = "x".repeat(300);
  const text = await written(
    formats.table,
    batches([
      { id: "1", text: long },
      { id: "22", text: null },
    ]),
  );
  expect(text).toBe(`ID  TEXT\n1   ${long}\n22  -\n`);
});

test("wide is a table that is not cut to the terminal, with whole ids", async () => {
  const rows = batches([
    { id: "a".repeat(32), text: "x".repeat(300) },
    { id: "b".repeat(32), text: null },
  ]);
  const lines = (await written(formats.wide, rows, { width: 60 })).trimEnd().split("\n");
  expect(lines[1]).toBe(`${"a".repeat(32)}  ${"x".repeat(300)}`);
});

test("a table of nothing is nothing", async () => {
  expect(await written(formats.table, batches([]))).toBe("");
});
