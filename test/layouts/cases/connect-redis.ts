import fixture from "../fixtures/connect-redis.json" with { type: "json" };
import type { LayoutCases } from "./cases.js";

const cookie = { expires: null, httpOnly: true, originalMaxAge: null, path: "/" };

/** What express-session writes by connect-redis; the users and clients are where applications commonly keep them. */
export const connectRedis: LayoutCases = {
  layout: "connect-redis",
  fixture,
  sessions: (at) => [
    {
      key: "sess:Ju1_QpHmB8WGKvDZGDhv03n6mpE-2cG9",
      user: "42",
      client: { ip: "2001:db8::1", userAgent: "Mozilla/5.0" },
      idleEndsAt: at + 86_399_984,
      data: { passport: { user: 42 }, meta: { ip: "2001:db8::1", ua: "Mozilla/5.0" } },
    },
    {
      key: "sess:RyGunGLmnchZ2ZlmPFFAhhkuVj8nMAht",
      user: "u1",
      client: { ip: "203.0.113.7", userAgent: "curl/8.5.0" },
      lastSeenAt: at - 26,
      idleEndsAt: at + 3_599_974,
    },
    {
      key: "sess:WqkMHG3S9Kxbid5NxjOW8OCbESPtavgI",
      lastSeenAt: at - 14,
      idleEndsAt: at + 59_986,
      data: { cart: ["book"] },
    },
  ],
  foreign: [
    { key: "cache:user:1", ttlMs: 60_000, string: JSON.stringify({ cookie }) },
    { key: "mysess:RyGunGLmnchZ2ZlmPFFAhhkuVj8nMAhu", ttlMs: 60_000, string: JSON.stringify({ cookie }) },
    { key: "sess:", ttlMs: null, string: "{}" },
    { key: "sess:of-another-type", ttlMs: null, hash: { cookie: "{}" } },
  ],
  corrupt: [
    { key: "sess:truncated", ttlMs: 60_000, string: '{"cookie":{"originalMaxAge":36', why: /^not JSON$/ },
    {
      key: "sess:compressed",
      ttlMs: 60_000,
      string: { base64: "H4sIAAAAAAAAA6tWSs7PL8jPSU0pVrJSSlWqBQBoOgS0FAAAAA==" },
      why: /^not JSON$/,
    },
    { key: "sess:other", ttlMs: null, string: '{"n":1}', why: /without a cookie/ },
    { key: "sess:list", ttlMs: 60_000, string: "[1]", why: /without a cookie/ },
    { key: "sess:empty", ttlMs: 60_000, string: "", why: /^not JSON$/ },
  ],
};
