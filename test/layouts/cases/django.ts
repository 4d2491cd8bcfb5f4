import redisCache from "../fixtures/django.json" with { type: "json" };
import djangoRedis from "../fixtures/django-redis.json" with { type: "json" };
import json from "../fixtures/django-redis-json.json" with { type: "json" };
import compressed from "../fixtures/django-redis-zlib.json" with { type: "json" };
import { type ApplicationFixture, byApplication } from "./application.js";
import type { LayoutCases } from "./cases.js";

const before = ":1:django.contrib.sessions.cache";
const id = (letter: string) => letter.repeat(32);

/** Django's sessions in a cache: django-redis, the same with its zlib compressor and as JSON, and Django's own RedisCache. */
export const django: readonly LayoutCases[] = [djangoRedis, compressed, json, redisCache].map(
  (fixture: ApplicationFixture) =>
    byApplication({
      layout: "django",
      fixture,
      before,
      data: (user) => ({
        _auth_user_id: user ?? "",
        _auth_user_backend: "django.contrib.auth.backends.ModelBackend",
        cart: [{ sku: "é|1", price: 9.5 }],
      }),
      foreign: [
        // In the database too: what is in the cache is not all there is.
        { key: `:1:django.contrib.sessions.cached_db${id("a")}`, ttlMs: 60_000, string: { base64: "gAR9lC4=" } },
        { key: `${before}${id("a")}:extra`, ttlMs: 60_000, string: { base64: "gAR9lC4=" } },
        { key: `:2:django.contrib.sessions.cache${id("b")}`, ttlMs: 60_000, string: { base64: "gAR9lC4=" } },
        {
          key: ":1:template.cache.sidebar.d41d8cd98f00b204e9800998ecf8427e",
          ttlMs: 60_000,
          string: { base64: "gASMAWGULg==" },
        },
      ],
      corrupt: [
        {
          key: before + id("t"),
          ttlMs: 60_000,
          string: { base64: "gASV2wAAAAAAAAB9lCiMDV9hdXRo" },
          why: /^truncated$/,
        },
        { key: before + id("n"), ttlMs: 60_000, string: "3", why: /not a pickle/ },
        {
          key: before + id("z"),
          ttlMs: 60_000,
          string: { base64: "eJxrYJmqwQ==" },
          why: /^compressed \(zlib\), and damaged/,
        },
        { key: before + id("l"), ttlMs: 60_000, string: { base64: "gARdlC4=" }, why: /no map/ },
        {
          key: before + id("e"),
          ttlMs: null,
          string: { base64: "gARjb3MKc3lzdGVtCi4=" },
          why: /^executable pickle \(GLOBAL\)/,
        },
      ],
    }),
);
