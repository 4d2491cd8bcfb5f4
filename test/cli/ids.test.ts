import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 3; n++) await sessions.create({ user: "alice" });
  await sessions.close();
});

afterAll(() => redis.stop());

const run = (args: string[], stdin = "") => sessctl(args, { url: redis.url, stdin });
const piped = (stdin: string) => run(["revoke", "-", "--yes"], stdin);
const list = async (...args: string[]) => (await run(["list", ...args])).stdout;

describe("standard input that is not ids: exit 2, the line is named, nothing is changed:", () => {
  const expectRefused = async (stdin: string, message: string) => {
    const result = await piped(stdin);
    expect(result).toMatchObject({ stdout: "", exitCode: 2 });
    expect(result.stderr).toContain(`sessctl: standard input, ${message}`);
    expect(result.stderr).toContain("Pipe ids in, such as those of sessctl list -o id.");
    expect((await list("-o", "id")).trim().split("\n")).toHaveLength(3);
  };

  test("a table, JSON and CSV of sessions", async () => {
    await expectRefused(await list(), 'line 1: "ID" is not');
    await expectRefused(await list("-o", "json"), 'line 1: "[" is not');
    await expectRefused(await list("-o", "csv"), 'line 1: "id,user,…" is not');
  });

  test("a word after ids that are there", async () => {
    await expectRefused(`${await list("-o", "id")}\r\n  oops\n`, 'line 5: "oops" is not');
  });

  test("a token, which is not repeated", async () => {
    const token = `a3${"A".repeat(32)}`;
    await expectRefused(`\n${token}`, "line 2: that is a session's token");
    expect((await piped(token)).stderr).not.toContain("A".repeat(20));
  });

  test("bytes that are no text", async () => {
    await expectRefused("\u0000\u001B[2J\u009B", 'line 1: "\\x00\\x1b[2J\\x9b" is not');
  });
});

test("a byte order mark and the line breaks of Windows are no matter", async () => {
  const [id = ""] = (await list("-o", "id")).split("\n");
  expect(await run(["show", "-", "-o", "id"], `\uFEFF${id}\r\n`)).toEqual({
    stdout: `${id}\n`,
    stderr: "",
    exitCode: 0,
  });
});
