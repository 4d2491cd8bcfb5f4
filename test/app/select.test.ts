import { afterEach, beforeEach, expect, test } from "vitest";
import { select } from "../../src/app/select.js";
import type { SessionDirectory, SessionStore } from "../../src/core/ports.js";
import { createSessionStore, openDirectory } from "../../src/index.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let sessions: SessionStore;
let directory: SessionDirectory;

beforeEach(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.client });
  directory = openDirectory({ redis: redis.client });
});

afterEach(() => redis.stop());

const create = async (user: string) => (await sessions.create({ user })).session.id;

test("all of a user but the one to keep, which a beginning may name", async () => {
  const [a, b, c] = [await create("alice"), await create("alice"), await create("alice")];
  await create("bob");
  const selected = await select(
    directory,
    { by: "criteria", criteria: { user: "alice" }, keep: [b.slice(0, 12)] },
    Date.now(),
  );
  expect(selected.ids.toSorted()).toEqual([a, c].toSorted());
});

test("nothing is selected when the session to keep is another user's or gone", async () => {
  await create("alice");
  const bobs = await create("bob");
  for (const keep of [bobs, "0".repeat(32)]) {
    await expect(
      select(directory, { by: "criteria", criteria: { user: "alice" }, keep: [keep] }, Date.now()),
    ).rejects.toMatchObject({
      code: "not-found",
      hint: expect.stringContaining("Nothing was changed"),
    });
  }
});

test("a selection is frozen: who logs in later is not in it", async () => {
  const first = await create("alice");
  const selected = await select(directory, { by: "criteria", criteria: { user: "alice" }, keep: [] }, Date.now());
  const later = await create("alice");
  await directory.revoke(selected.ids);
  expect((await directory.byUser("alice")).map(({ id }) => id)).toEqual([later]);
  expect(selected.ids).toEqual([first]);
});
