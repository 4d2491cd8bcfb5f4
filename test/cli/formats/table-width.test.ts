import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { sessionColumns, usualColumns } from "../../../src/cli/columns.js";
import { table } from "../../../src/cli/formats/table.js";
import { createClientReader } from "../../../src/clients/reader.js";
import type { DirectorySession } from "../../../src/core/ports.js";
import { capturedOutput } from "../../helpers/captured-output.js";
import { directorySession } from "../../helpers/directory-session.js";
import { hostileTexts } from "../../helpers/hostile-texts.js";
import { virtualScreen } from "../../helpers/screen.js";

const columns = sessionColumns(createClientReader()).filter(({ name }) => usualColumns.includes(name));

async function* once(rows: readonly DirectorySession[]) {
  yield await Promise.resolve(rows);
}

async function linesOf(rows: readonly DirectorySession[], width: number): Promise<readonly string[]> {
  const output = capturedOutput({ width });
  const sheet = { columns, rows: once(rows), idsOf: ({ id }: DirectorySession) => [id] };
  await table.write(sheet, { output, now: 2_000_000, csvRaw: false });
  return output.text.split("\n").slice(0, -1);
}

function withText(text: string, n: number): DirectorySession {
  const sightings = [{ at: 1, ip: n % 2 === 0 ? "2001:db8:a303:26::d4e5" : text, userAgent: text }];
  return directorySession({ id: n.toString(16).padStart(32, "0"), user: text, sightings });
}

test("fits every terminal of 60 to 250 columns, whatever the texts, a line for each session", async () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.constantFrom(...Object.values(hostileTexts)),
    fc
      .array(fc.constantFrom("日", "é", "e\u0301", "\u{1F469}\u200D\u{1F467}", "a", "ﾊ", "\u{1F1F3}\u{1F1F4}"))
      .map((all) => all.join("")),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 60, max: 250 }),
      async (texts, width) => {
        const lines = await linesOf(texts.map(withText), width);
        expect(lines).toHaveLength(texts.length + 1);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test.each([60, 80, 120, 250])(
  "on a screen of %d columns every line is one row, and the columns stand below each other",
  async (width) => {
    const texts = ["alice", "日本語の名前".repeat(9), "e\u0301".repeat(90), "ﾊﾟ".repeat(9), "=".repeat(300)];
    const lines = await linesOf(texts.map(withText), width);
    const screen = virtualScreen(width, 20);
    await screen.write(lines.join("\r\n"));
    const rows = screen.lines().filter((line) => line !== "");
    expect(rows).toHaveLength(texts.length + 1);
    const places = rows
      .filter((row) => row.includes("2001:"))
      .map((row) => stringWidth(row.slice(0, row.indexOf("2001:"))));
    expect(places).toHaveLength(3);
    expect(new Set(places).size).toBe(1);
  },
);
