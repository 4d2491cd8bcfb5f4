import fixture from "../fixtures/shopify.json" with { type: "json" };
import type { LayoutCases } from "./cases.js";

const shop = "one.myshopify.com";

/** Ids of sessions are no secrets in this storage, but the access tokens in them are. */
export const shopify: LayoutCases = {
  layout: "shopify",
  fixture,
  sessions: () => [
    {
      key: `shopify_sessions_offline_${shop}`,
      user: shop,
      data: { shop, isOnline: false, scope: "read_products" },
    },
    {
      key: `shopify_sessions_${shop}_7`,
      user: "7",
      idleEndsAt: Date.parse("2100-01-01T00:00:00Z"),
      secret: `shopify_sessions_${shop}_7`,
    },
  ],
  foreign: [],
  corrupt: [
    { key: "shopify_sessions_a", ttlMs: null, string: "{", why: /^not JSON$/ },
    { key: "shopify_sessions_b", ttlMs: null, string: "{}", why: /no list/ },
  ],
  left: ["shopify_sessions_migrations"],
};
