import express from "../fixtures/express.json" with { type: "json" };
import fastify from "../fixtures/fastify.json" with { type: "json" };
import type { LayoutCases } from "./cases.js";
import { entriesOf, found } from "./of-fixture.js";

const cookie = { originalMaxAge: null, expires: null, httpOnly: true, path: "/" };
const client = { ip: "203.0.113.7", userAgent: "curl/8.5.0" };
const hour = 3_600_000;

const foreign: LayoutCases["foreign"] = [
  { key: "cache:user:1", ttlMs: 60_000, string: JSON.stringify({ cookie }) },
  { key: "mysess:RyGunGLmnchZ2ZlmPFFAhhkuVj8nMAhu", ttlMs: 60_000, string: JSON.stringify({ cookie }) },
  { key: "sess:", ttlMs: null, string: "{}" },
  { key: "sess:of-another-type", ttlMs: null, hash: { cookie: "{}" } },
];

const corrupt: LayoutCases["corrupt"] = [
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
];

/** What express-session writes, with a session more whose cookie has no maxAge: then nobody tells how long its window is. */
export const expressSession: LayoutCases = {
  layout: "connect-redis",
  fixture: {
    ...express,
    keys: [
      ...express.keys,
      {
        key: "sess:Ju1_QpHmB8WGKvDZGDhv03n6mpE-2cG9",
        ttlMs: 86_399_984,
        string: JSON.stringify({ cookie, passport: { user: 42 }, meta: { ip: "2001:db8::1", ua: "Mozilla/5.0" } }),
      },
    ],
  },
  sessions: (at) => [
    ...entriesOf(express, /^sess:/, at).map(({ key, text, endsAt }) => ({
      key,
      user: found(text, /"userId":"(.*?)"/),
      client,
      lastSeenAt: endsAt - hour,
      idleEndsAt: endsAt,
      data: { userId: found(text, /"userId":"(.*?)"/), ...client },
    })),
    {
      key: "sess:Ju1_QpHmB8WGKvDZGDhv03n6mpE-2cG9",
      user: "42",
      client: { ip: "2001:db8::1", userAgent: "Mozilla/5.0" },
      idleEndsAt: at + 86_399_984,
    },
  ],
  foreign,
  corrupt,
};

/** What @fastify/session writes, and where a mapping says the user is. */
export const fastifySession: LayoutCases = {
  layout: "connect-redis",
  fixture: fastify,
  mapping: { user: "user.id" },
  sessions: (at) =>
    entriesOf(fastify, /^sess:/, at).map(({ key, text, endsAt }) => ({
      key,
      user: found(text, /"id":"(.*?)"/),
      client,
      lastSeenAt: endsAt - hour,
      idleEndsAt: endsAt,
    })),
  foreign,
  corrupt,
};
