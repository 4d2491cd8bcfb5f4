import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDirectory } from "../../src/index.js";
import { putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import express from "./fixtures/express.json" with { type: "json" };

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
  await putKeys(redis.client, express.keys, Date.now());
});
afterAll(() => redis.stop());

describe("the library's directory over another framework's sessions", () => {
  it("finds and ends a user's, over a client that stays its owner's", async () => {
    const directory = openDirectory({ redis: redis.client, layout: "connect-redis" });
    const sessions = await directory.byUser("u1");
    expect(sessions).toHaveLength(2);
    const changes = await directory.revoke(sessions.map(({ id }) => id));
    expect(changes.map(({ outcome }) => outcome)).toEqual(["revoked", "revoked"]);
    expect((await directory.count()).sessions).toBe(1);
    await directory.close();
    expect(await redis.client.ping()).toBe("PONG");
  });

  it("takes a mapping", async () => {
    const directory = openDirectory({ redis: redis.url, layout: "connect-redis", map: { user: "userAgent" } });
    expect(await directory.byUser("curl/8.5.0")).toHaveLength(1);
    await directory.close();
  });

  it("says which layouts there are when there is no such", () => {
    expect(() => openDirectory({ redis: redis.url, layout: "rails" })).toThrow('there is no layout "rails"');
  });
});
