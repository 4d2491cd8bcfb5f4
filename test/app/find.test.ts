import { afterAll, beforeAll, expect, test } from "vitest";
import { resolveIds } from "../../src/app/find.js";
import type { SessionDirectory } from "../../src/core/ports.js";
import { createSessionStore, openDirectory } from "../../src/index.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let directory: SessionDirectory;
let ids: string[];

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.client });
  ids = [];
  for (let n = 0; n < 3; n++) ids.push((await sessions.create({ user: `user${n}` })).session.id);
  directory = openDirectory({ redis: redis.client });
});

afterAll(() => redis.stop());

const idsOf = async (...texts: string[]) => {
  const { sessions, missing } = await resolveIds(directory, texts);
  return { ids: sessions.map(({ id }) => id), missing };
};

test("whole ids and unique beginnings in either case, in the order given", async () => {
  const [a = "", b = "", c = ""] = ids;
  expect(await idsOf(c, a.slice(0, 10), ` ${b.slice(0, 12).toUpperCase()}\n`)).toEqual({ ids: [c, a, b], missing: [] });
});

test("one session given twice is one", async () => {
  const [a = ""] = ids;
  expect(await idsOf(a, a.slice(0, 8), a)).toEqual({ ids: [a], missing: [] });
});

test("what nothing has is named beside what was found", async () => {
  const [a = ""] = ids;
  const unknown = "0".repeat(32);
  expect(await idsOf("0000000", a, unknown)).toEqual({ ids: [a], missing: ["0000000", unknown] });
});

test("no ids are no sessions", async () => {
  expect(await idsOf()).toEqual({ ids: [], missing: [] });
});

test("one that cannot be an id stops all", async () => {
  const [a = ""] = ids;
  await expect(idsOf(a, "xyzw")).rejects.toMatchObject({ code: "invalid-argument" });
});

test("a beginning under four characters is refused however unique it is", async () => {
  const [a = ""] = ids;
  await expect(idsOf(a.slice(0, 3))).rejects.toMatchObject({ code: "invalid-argument" });
});

test("many candidates are named in part", async () => {
  const [a = ""] = ids;
  const record = (await redis.client.get(`sc:{${a.slice(0, 2)}}:session:${a}`)) ?? "";
  const twins = Array.from({ length: 9 }, (_, n) => `beefbeef${n}`.padEnd(32, "0"));
  for (const id of twins) {
    await redis.client.set(`sc:{be}:session:${id}`, record, "PX", 60_000);
    await redis.client.zadd("sc:{be}:live", Date.now(), id);
  }
  const error: unknown = await idsOf("beef").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "ambiguous-id", hint: expect.stringMatching(/beefbeef\d \(user0\).*, …\.$/) });
});
