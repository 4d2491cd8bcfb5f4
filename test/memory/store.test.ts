import { expect, it } from "vitest";
import { createMemorySessionStore } from "../../src/index.js";
import { sessionStoreContract } from "../contracts/session-store.js";
import { hours, testClock } from "../helpers/clock.js";

sessionStoreContract("memory", {
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  open: (options) => createMemorySessionStore(options),
});

it("lets go of sessions that are over", async () => {
  const clock = testClock();
  const store = createMemorySessionStore({ clock });
  const { token } = await store.create({ user: "alice" });
  clock.advance(hours(1));
  await store.create({ user: "bob" });
  expect(await store.validate(token)).toEqual({ ok: false, reason: "unknown" });
  expect(await store.revokeUser("alice")).toBe(0);
});
