import fixture from "../fixtures/better-auth.json" with { type: "json" };
import type { LayoutCases } from "./cases.js";
import { entriesOf, found } from "./of-fixture.js";

export const betterAuth: LayoutCases = {
  layout: "better-auth",
  fixture,
  readAt: "writing",
  sessions: (at) =>
    entriesOf(fixture, /^better-auth:\w{32}$/, at).map(({ key, text }) => ({
      key,
      user: found(text, /"userId":"(.*?)"/),
      client: { ip: "203.0.113.7", userAgent: "curl/8.5.0" },
      createdAt: Date.parse(found(text, /"createdAt":"(.*?)"/)),
      idleEndsAt: Date.parse(found(text, /"expiresAt":"(.*?)"/)),
    })),
  foreign: [
    { key: "better-auth:127.0.0.1/sign-in/email", ttlMs: 60_000, string: '{"key":"x","count":1,"lastRequest":1}' },
    { key: "better-auth:counter", ttlMs: 60_000, string: "3" },
    { key: "better-auth:verification", ttlMs: 60_000, string: '{"identifier":"a","value":"b"}' },
    { key: "better-auth:revoked-sessions-before-u1", ttlMs: 60_000, string: "1795533963000" },
  ],
  corrupt: [
    { key: "better-auth:truncated", ttlMs: 60_000, string: '{"session":{"userId"', why: /^not JSON$/ },
    { key: "better-auth:nobody", ttlMs: 60_000, string: '{"session":{"id":"1"}}', why: /without userId/ },
    { key: "better-auth:null", ttlMs: 60_000, string: '{"session":null,"user":null}', why: /without userId/ },
  ],
};
