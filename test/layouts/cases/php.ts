import binary from "../fixtures/php-binary.json" with { type: "json" };
import locking from "../fixtures/php-locking.json" with { type: "json" };
import ofPhp from "../fixtures/php.json" with { type: "json" };
import serialize from "../fixtures/php-serialize.json" with { type: "json" };
import { type ApplicationFixture, byApplication } from "./application.js";
import type { LayoutCases } from "./cases.js";

const before = "PHPREDIS_SESSION:";
const compressed = { string: { base64: "KLUv/SADGQAAYTowOnt9" } };

/** PHP's own sessions by phpredis, by each of PHP's handlers. */
export const php: readonly LayoutCases[] = [ofPhp, serialize, binary, locking].map((fixture: ApplicationFixture) =>
  byApplication({
    layout: "php",
    fixture,
    before,
    // While a request holds a session.
    belongs: /_LOCK$/,
    // session.gc_maxlifetime of the application.
    idleMs: 1_440_000,
    data: (user) => (user === undefined ? {} : { user_id: user, visits: 1, cart: [{ sku: "é|1", price: 9.5 }] }),
    foreign: [
      { key: `${before}q63tb11beq9udforia510nvlt9_LOCK`, ttlMs: 30_000, string: "host|4711" },
      { key: before, ttlMs: null, string: "a:0:{}" },
      { key: `${before}9s7lsp5qn4g1n6k1hcbs3bhl0a`, ttlMs: null, hash: { user_id: "u1" } },
      { key: "PHPREDIS_CACHE:greeting", ttlMs: null, string: 's:5:"hello";' },
    ],
    corrupt: [
      { key: `${before}truncated`, ttlMs: 60_000, string: 'user_id|s:2:"u', why: /^truncated$/ },
      { key: `${before}zstd`, ttlMs: 60_000, ...compressed, why: /^compressed \(zstd\)$/ },
      { key: `${before}serialised`, ttlMs: 60_000, string: 'a:1:{s:1:"a";', why: /truncated/ },
      { key: `${before}text`, ttlMs: 60_000, string: "hello", why: /no PHP session/ },
      { key: `${before}json`, ttlMs: 60_000, string: '{"user_id":"u1"}', why: /no PHP session/ },
    ],
  }),
);
