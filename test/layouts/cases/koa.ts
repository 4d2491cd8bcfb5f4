import generic from "../fixtures/koa-generic-session.json" with { type: "json" };
import plain from "../fixtures/koa-session.json" with { type: "json" };
import type { LayoutCases } from "./cases.js";
import { entriesOf, found } from "./of-fixture.js";

const client = { ip: "203.0.113.7", userAgent: "curl/8.5.0" };

export const koaSession: LayoutCases = {
  layout: "koa-session",
  fixture: plain,
  readAt: "writing",
  sessions: (at) =>
    entriesOf(plain, /^[0-9a-f-]{36}$/, at).map(({ key, text }) => ({
      key,
      user: found(text, /"userId":"(.*?)"/),
      client,
      idleEndsAt: Number(found(text, /"_expire":(\d+)/)),
      data: { userId: found(text, /"userId":"(.*?)"/), ...client },
    })),
  foreign: [
    // Cache entries under a UUID, which are no sessions of koa-session.
    { key: "11111111-2222-4333-8444-555555555555", ttlMs: null, string: '{"userId":"u1"}' },
    { key: "11111111-2222-4333-8444-555555555556", ttlMs: null, string: '{"_expire":"soon","_maxAge":1}' },
    { key: "11111111-2222-4333-8444-555555555557", ttlMs: null, string: "text" },
    { key: "11111111-2222-4333-8444-555555555558", ttlMs: null, string: "[]" },
    { key: "xxxxxxxx-yyyy-zzzz-xxxx-yyyyyyyyyyyy", ttlMs: null, string: '{"_expire":99999999999999,"_maxAge":1}' },
  ],
  corrupt: [],
};

export const koaGenericSession: LayoutCases = {
  layout: "koa-generic-session",
  fixture: generic,
  sessions: (at) =>
    entriesOf(generic, /^koa:sess:/, at).map(({ key, text, endsAt }) => ({
      key,
      user: found(text, /"user":"(.*?)"/),
      client,
      idleEndsAt: endsAt,
    })),
  foreign: [{ key: "koa:other", ttlMs: null, string: '{"cookie":{}}' }],
  corrupt: [
    { key: "koa:sess:a", ttlMs: 1000_000, string: "{", why: /^not JSON$/ },
    { key: "koa:sess:b", ttlMs: 1000_000, string: "{}", why: /without a cookie/ },
  ],
};
