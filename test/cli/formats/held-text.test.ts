import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HeldText } from "../../../src/cli/formats/held-text.js";
import { OutputError } from "../../../src/cli/io.js";
import { safe } from "../../../src/core/safe-text.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-held-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function all(held: HeldText): Promise<string> {
  let text = "";
  for await (const piece of held.pieces()) text += piece;
  return text;
}

test("what is little stays in memory", async () => {
  const held = new HeldText(100);
  await held.add(safe("a little"));
  expect(held.isInFile).toBe(false);
  expect(await all(held)).toBe("a little");
  await held.release();
});

test("what is much comes back as it was, characters of several bytes across the pieces that are read too", async () => {
  const held = new HeldText(1000);
  const lines = Array.from({ length: 9000 }, (_, n) => `${"ab".slice(n % 2)}é漢😀${n};`);
  for (const line of lines) await held.add(safe(line));
  expect(held.isInFile).toBe(true);
  expect(await all(held)).toBe(lines.join(""));
  await held.release();
});

test("the file has no name that anybody could open, while it is used and after", async () => {
  const held = new HeldText(10);
  await held.add(safe("more than ten bytes"));
  expect(held.isInFile).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
  await held.release();
  expect(readdirSync(folder)).toEqual([]);
});

test("no room for it is told, with what to do", async () => {
  vi.stubEnv("TMPDIR", path.join(folder, "missing"));
  const held = new HeldText(10);
  const failure = await held.add(safe("more than ten bytes")).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OutputError);
  expect(failure).toMatchObject({ hint: expect.stringContaining("TMPDIR") });
  expect(String(failure)).toContain(path.join(folder, "missing"));
});
