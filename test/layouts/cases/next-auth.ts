import fixture from "../fixtures/next-auth.json" with { type: "json" };
import type { LayoutCases } from "./cases.js";
import { entriesOf, found } from "./of-fixture.js";

/** Written by the real adapter over a client of ioredis: Upstash's own sends the same commands by HTTP. */
export const nextAuth: LayoutCases = {
  layout: "next-auth",
  fixture,
  sessions: (at) =>
    entriesOf(fixture, /^user:session:[0-9a-f-]{36}$/, at).map(({ key, text }) => ({
      key,
      user: found(text, /"userId":"(.*?)"/),
      idleEndsAt: Date.parse("2100-01-01T00:00:00Z"),
      data: {},
    })),
  foreign: [{ key: "user:account:github:1", ttlMs: null, string: '{"userId":"u"}' }],
  corrupt: [
    { key: "user:session:a", ttlMs: null, string: "{", why: /^not JSON$/ },
    { key: "user:session:b", ttlMs: null, string: '{"userId":1,"sessionToken":"b"}', why: /without sessionToken/ },
  ],
  left: fixture.keys.map(({ key }) => key).filter((key) => !key.startsWith("user:session:")),
};
