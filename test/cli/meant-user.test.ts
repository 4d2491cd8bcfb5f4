import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (const user of ["zoë.berg", "Anna.Berg", "anna.lund", "anna.moen", "anna.dahl", "mal\u001B[2Jlory"]) {
    await sessions.create({ user, client: { ip: "192.0.2.1" } });
  }
  await sessions.close();
  const session = { cookie: { originalMaxAge: 3_600_000 }, user: "carol.x" };
  await redis.client.set("sess:abc", JSON.stringify(session), "EX", 600);
});
afterAll(() => redis.stop());

const run = (...args: string[]) => sessctl([...args, "--layout", "native"], { url: redis.url });

test.each([
  ["lund", "did you mean anna.lund?"],
  ["ANNA.LUND", "did you mean anna.lund?"],
  ["zoe.berg", "did you mean zoë.berg?"],
  [".berg", "did you mean Anna.Berg, zoë.berg?"],
])("of %s, who has no session, it asks: %s", async (user, question) => {
  expect(await run("list", "--user", user)).toEqual({
    stdout: "",
    stderr: `no session matched; ${question}\n`,
    exitCode: 3,
  });
  expect((await run("stats", "--user", user)).stderr).toBe(`no session matched; ${question}\n`);
  expect((await run("events", "--user", user)).stderr).toBe(`no event matched; ${question}\n`);
  for (const change of [["revoke"], ["expire", "--in", "1h"]]) {
    const { stderr, exitCode } = await run(...change, "--user", user, "--yes");
    expect(stderr.split("\n")[0]).toBe(`sessctl: no session matched; ${question}`);
    expect(exitCode).toBe(3);
  }
});

test("it names a few of many, none with -q, none that does not show as it is, and none for who is there", async () => {
  expect((await run("list", "--user", "anna")).stderr).toMatch(/did you mean (\S+, ){3}…\?\n$/);
  expect((await run("list", "--user", "anna", "-q")).stderr).toBe("");
  expect((await run("list", "--user", "lory")).stderr).toBe("no session matched\n");
  expect((await run("list", "--user", "anna.lund", "--ip", "10.0.0.0/8")).stderr).toBe("no session matched\n");
});

test("where it would take a second walk over all keys, nothing is asked", async () => {
  const { stderr } = await sessctl(["list", "--user", "carol", "--layout", "connect-redis"], { url: redis.url });
  expect(stderr).toBe("no session matched\n");
});

test.each(["list", "revoke", "stats", "events"])(
  "%s with a name that is empty, as of a variable that is not set: exit 2",
  async (command) => {
    const { stdout, stderr, exitCode } = await run(command, "--user", "");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toBe(
      "sessctl: --user: the name is empty\n  try: For sessions without a user: --where 'user == \"\"'.\n",
    );
  },
);
