import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
let folder: string;
let counts: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-count-"));
  counts = path.join(folder, "counts.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the line that CI ends with", () => {
  const passing = { passed: 3, failed: 0, skipped: 0, unexplained: [] };

  test("says how many passed when all did", () => {
    expect(lastLine(passing)).toEqual({ line: "3 passed, 0 failed", code: 0 });
  });

  test("fails with a failed test", () => {
    expect(lastLine({ ...passing, failed: 2 }, "1")).toEqual({ line: "3 passed, 2 failed", code: 1 });
  });

  test("fails when no test ran", () => {
    expect(lastLine({ ...passing, passed: 0 })).toEqual({ line: "0 passed, 1 failed", code: 1 });
  });

  test("fails when the tests left no counts", () => {
    expect(lastLine(undefined, "0")).toEqual({ line: "0 passed, 1 failed", code: 1 });
  });

  test("fails when a test was skipped without a reason", () => {
    expect(lastLine({ ...passing, unexplained: ["a.test.ts: later"] })).toEqual({
      line: "3 passed, 1 failed",
      code: 1,
    });
  });

  test("fails when all tests passed and vitest failed all the same", () => {
    expect(lastLine(passing, "1")).toEqual({ line: "3 passed, 1 failed", code: 1 });
  });

  test("fails when a check failed", () => {
    expect(lastLine(passing, "0", "1")).toEqual({ line: "3 passed, 1 failed", code: 1 });
  });

  function lastLine(content: object | undefined, testCode = "0", checkCode = "0") {
    if (content) writeFileSync(counts, JSON.stringify(content));
    const { stdout, status } = run([path.join(root, "scripts/count-line.mjs"), counts, testCode, checkCode]);
    return { line: stdout.trimEnd().split("\n").at(-1), code: status };
  }
});

describe("the counts", () => {
  test("are of what ran: files that do not load and errors outside tests are failures, skips need a reason", () => {
    const write = (name: string, text: string) =>
      writeFileSync(path.join(folder, name), `import { beforeAll, describe, expect, test } from "vitest";\n${text}`);
    write(
      "mixed.test.ts",
      `test("passes", () => { console.log("999 passed, 0 failed"); expect(1).toBe(1); });
       test("fails", () => { expect(1).toBe(2); });
       test("explained", (context) => { context.skip("needs another kind of server"); });
       test.skip("unexplained", () => {});
       test.todo("not written");`,
    );
    write("unloadable.test.ts", `throw new Error("cannot be loaded");`);
    write(
      "hook.test.ts",
      `describe("a suite", () => { beforeAll(() => { throw new Error("no"); }); test("never", () => {}); });`,
    );
    write(
      "stray.test.ts",
      `test("passes", async () => { void Promise.reject(new Error("stray")); await new Promise(setImmediate); });`,
    );
    const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
    const reporter = path.join(root, "scripts/count-reporter.mjs");
    const { status } = run([vitest, "run", "--root", folder, `--reporter=${reporter}`], { SESSCTL_COUNTS: counts });
    expect(status).toBe(1);
    const counted = JSON.parse(readFileSync(counts, "utf8")) as { unexplained: string[] };
    expect({ ...counted, unexplained: counted.unexplained.toSorted((a, b) => a.localeCompare(b)) }).toEqual({
      passed: 2,
      failed: 4,
      skipped: 4,
      unexplained: ["hook.test.ts: a suite > never", "mixed.test.ts: not written", "mixed.test.ts: unexplained"],
      reason: "failed",
    });
  });
});

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, args, { encoding: "utf8", cwd: root, env: { ...process.env, ...env } });
}
