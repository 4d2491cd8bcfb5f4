import fixture from "../fixtures/redis-sessions.json" with { type: "json" };
import type { LayoutCases } from "./cases.js";
import { entriesOf, found } from "./of-fixture.js";

const token = "A".repeat(55);

export const redisSessions: LayoutCases = {
  layout: "redis-sessions",
  fixture,
  readAt: "writing",
  sessions: (at) =>
    entriesOf(fixture, /^rs:forum:\w{64}$/, at).map(({ key, hash }) => ({
      key,
      user: hash["id"],
      client: { ip: "203.0.113.7", userAgent: "curl/8.5.0" },
      createdAt: Number.parseInt(found(key, /Z(\w+)$/), 36),
      lastSeenAt: Number(hash["la"]) * 1000,
      idleEndsAt: (Number(hash["la"]) + 3601) * 1000,
      data: { ua: "curl/8.5.0", level: "aal1" },
    })),
  foreign: [
    // What a request that was under way leaves of a session that was killed.
    { key: `rs:forum:${token}Zmwuuk93i`, ttlMs: null, hash: { r: "1" } },
    { key: "rs:forum:us:Kiivss5CLePPJsADHylGRmEu4I9dxdUUfMy3aFDHIv3HfuRuBFJSBNeZmwuuk93z", ttlMs: null, set: ["x"] },
    { key: "rs:forum:settings", ttlMs: null, hash: { id: "1" } },
  ],
  corrupt: [
    {
      key: `rs:forum:${token}Zmwuuk93a`,
      ttlMs: null,
      hash: { id: "u1", la: "soon", ttl: "3600", ip: "192.0.2.1" },
      why: /a time in it is no number/,
    },
    {
      key: `rs:forum:${token}Zmwuuk93b`,
      ttlMs: null,
      hash: { id: "u1", la: "1795533963", ttl: "3600", d: "{" },
      why: /^not JSON$/,
    },
    {
      key: `rs:forum:${token}Zmwuuk93c`,
      ttlMs: null,
      hash: { id: "u1", la: "1795533963", ttl: "3600", d: "[]" },
      why: /no object/,
    },
  ],
};
