import encrypted from "../fixtures/laravel-encrypted.json" with { type: "json" };
import serialize from "../fixtures/laravel.json" with { type: "json" };
import type { Fixture } from "../../helpers/fixture.js";
import { byApplication } from "./application.js";
import type { LayoutCases } from "./cases.js";

const before = "laravel_database_laravel_cache:";
const foreign: LayoutCases["foreign"] = [
  // Cache entries whose names look like a session's: a hash, a counter, an array, a text.
  { key: `${before}da39a3ee5e6b4b0d3255bfef95601890afd80709`, ttlMs: 60_000, string: 'a:1:{s:6:"_token";s:1:"x";}' },
  { key: `${before}da39a3ee5e6b4b0d3255bfef95601890afd80708`, ttlMs: 60_000, string: "i:3;" },
  {
    key: `${before}da39a3ee5e6b4b0d3255bfef95601890afd80707`,
    ttlMs: 60_000,
    string: 's:26:"a:1:{s:4:"user";s:2:"u1";}";',
  },
  { key: `${before}${"o".repeat(40)}`, ttlMs: null, string: "hello" },
  { key: `${before}${"h".repeat(40)}`, ttlMs: null, string: 's:5:"hello";' },
  { key: `${before}da39a3ee5e6b4b0d3255bfef95601890afd80706:timer`, ttlMs: 60_000, string: "i:1767225600;" },
  { key: "laravel_database_queues:default", ttlMs: null, zset: [["job", 1]] },
  { key: "laravel_horizon:job:40", ttlMs: null, hash: { status: "done" } },
];
const corrupt: LayoutCases["corrupt"] = [
  { key: `${before}${"t".repeat(40)}`, ttlMs: 60_000, string: 's:90:"a:1:{s:6:"_tok', why: /^truncated$/ },
  { key: `${before}${"i".repeat(40)}`, ttlMs: 60_000, string: 's:9:"a:1:{s:6:";', why: /^truncated$/ },
  { key: `${before}${"e".repeat(40)}`, ttlMs: 60_000, string: 's:12:"eyJpdiI6Im9l";', why: /^encrypted$/ },
];

/**
 * With `serialization: json`, of Laravel 9 and later: `Store::save` writes `json_encode($attributes)` where it wrote
 * `serialize($attributes)`, and the cache serialises that text as any other. The prefix is that of Laravel 12.
 */
const jsonText = `{"_token":"${"k".repeat(40)}","login_admin_59ba36addc2b2f9401580f014c7f58ea4e30989d":7,"name":"é"}`;
const jsonKey = `laravel-database-laravel-cache-${"aB3".repeat(13)}Z`;
const json: Fixture = {
  writtenBy: { "Laravel's source": "12" },
  writtenAt: 0,
  keys: [{ key: jsonKey, ttlMs: 7_200_000, string: `s:${Buffer.byteLength(jsonText)}:"${jsonText}";` }],
};

/** Laravel's sessions, by an application with its own login. */
export const laravel: readonly LayoutCases[] = [
  byApplication({
    layout: "laravel",
    fixture: serialize,
    prefix: before,
    before,
    // session.lifetime of the application.
    idleMs: 7_200_000,
    foreign,
    corrupt,
  }),
  {
    layout: "laravel",
    fixture: { ...encrypted, keys: [] },
    prefix: before,
    sessions: () => [],
    foreign: encrypted.keys.filter(({ key }) => !isEncrypted(key)),
    corrupt: encrypted.keys.filter(({ key }) => isEncrypted(key)).map((key) => ({ ...key, why: /^encrypted$/ })),
  },
  {
    layout: "laravel",
    fixture: json,
    sessions: (at) => [
      {
        key: jsonKey,
        secret: jsonKey.slice(-40),
        user: "7",
        idleEndsAt: at + 7_200_000,
        data: {
          _token: "k".repeat(40),
          login_admin_59ba36addc2b2f9401580f014c7f58ea4e30989d: 7,
          name: "é",
        },
      },
    ],
    foreign: [],
    corrupt: [
      {
        key: `laravel-database-laravel-cache-${"j".repeat(40)}`,
        ttlMs: null,
        string: 's:9:"{"_token"";',
        why: /^not JSON$/,
      },
    ],
  },
];

/** Whether a key is one of the sessions that the same application wrote with SESSION_ENCRYPT. */
function isEncrypted(key: string): boolean {
  return encrypted.sessions.some(({ id }) => key === before + id);
}
