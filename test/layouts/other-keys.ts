import type { FixtureKey, FixtureText } from "../helpers/fixture.js";
import django from "./fixtures/django.json" with { type: "json" };
import djangoRedis from "./fixtures/django-redis.json" with { type: "json" };
import java from "./fixtures/java-values.json" with { type: "json" };
import laravel from "./fixtures/laravel.json" with { type: "json" };

/** A key that lies in a Redis beside sessions and is none, and whose it is. */
export interface OtherKey extends FixtureKey {
  readonly of: string;
}

const hex = (digits: number, seed: string) => seed.repeat(Math.ceil(digits / seed.length)).slice(0, digits);
const uuid = (n: number) => `0b9f8a4e-6f0d-4c53-9d1c-0d8f6f6f${String(n).padStart(4, "0")}`;
const fromHex = (digits: string): FixtureText => ({ base64: Buffer.from(digits, "hex").toString("base64") });
const javaLong = fromHex(java.values.Long);

/** Several of each kind: one key is a coincidence, several are what `auto` looks at. */
function several(of: string, make: (n: number) => Omit<FixtureKey, "ttlMs"> & { readonly ttlMs?: number }): OtherKey[] {
  return [1, 2, 3, 4].map((n) => ({ of, ttlMs: 60_000, ...make(n) }));
}

/** The cache entries that the real applications of the fixtures wrote beside their sessions. */
function besides(of: string, keys: readonly FixtureKey[], sessions: readonly { readonly id: string }[]): OtherKey[] {
  const isSession = ({ key }: FixtureKey) => sessions.some(({ id }) => typeof key === "string" && key.endsWith(id));
  return keys.filter((key) => !isSession(key)).map((key) => ({ of, ...key }));
}

/** What other software keeps, or the same software beside its sessions; chosen for looking like sessions. */
export const otherKeys: readonly OtherKey[] = [
  ...besides("Laravel's cache, as written", laravel.keys, laravel.sessions),
  ...besides("Django's cache, as written", django.keys, django.sessions),
  ...besides("Django's cache, as written by django-redis", djangoRedis.keys, djangoRedis.sessions),
  ...several("Laravel's cache: arrays under a name of 40 characters", (n) => ({
    key: `laravel_database_laravel_cache:${hex(39, "a1")}${n}`,
    string: 'a:2:{s:6:"_token";s:1:"x";s:7:"user_id";i:1;}',
  })),
  ...several("Laravel's rate limiter", (n) => ({
    key: `laravel-database-laravel-cache-${hex(39, "b2")}${n}`,
    string: String(n),
  })),
  ...several("Laravel's cached texts", (n) => ({
    key: `laravel-database-laravel-cache-${hex(39, "c3")}${n}`,
    string: 's:32:"a:1:{s:4:"user";s:8:"u1234567";}";',
  })),
  ...several("Symfony's and WordPress's caches: PHP values", (n) => ({
    key: `wp_cache:options:${hex(31, "d4")}${n}`,
    string: 'a:2:{s:7:"user_id";i:1;s:5:"login";s:2:"u1";}',
  })),
  ...several("PHP values under names like session ids", (n) => ({
    key: `app:${hex(25, "e5")}${n}`,
    string: 'O:8:"stdClass":1:{s:4:"user";s:2:"u1";}',
  })),
  ...several("Django's cached pickles under names like session keys", (n) => ({
    key: `:1:views.decorators.cache.cache_page.${hex(31, "f6")}${n}`,
    string: fromHex("80049510000000000000007d948c0d5f617574685f757365725f69644b01732e"),
  })),
  ...several("Flask-Caching's pickles", (n) => ({
    key: `flask_cache_${hex(42, "x7")}${n}`,
    string: fromHex("80049512000000000000007d948c077573657273944b01732e"),
  })),
  ...several("MessagePack under names like Flask-Session's", (n) => ({
    key: `cache:${hex(42, "y8")}${n}`,
    string: fromHex("81a7757365725f6964a27531"),
  })),
  ...several("Celery's results", (n) => ({
    key: `celery-task-meta-${uuid(n)}`,
    string: JSON.stringify({ status: "SUCCESS", result: { user_id: n }, traceback: null, task_id: uuid(n) }),
  })),
  ...several("Celery's bindings", (n) => ({
    key: `_kombu.binding.celery${n}`,
    set: ["celery\u0006\u0016\u0006\u0016celery"],
  })),
  ...several("Sidekiq's", (n) => ({ key: `sidekiq:job:${hex(23, "a9")}${n}`, hash: { retry: "true", user_id: "1" } })),
  ...several("Sidekiq's processes", (n) => ({
    key: `host:${n}:${hex(12, "0c")}`,
    hash: { busy: "0", info: '{"pid":1}' },
  })),
  ...several("BullMQ's jobs", (n) => ({
    key: `bull:mail:${n}`,
    hash: { name: "send", data: '{"userId":"u1"}', opts: "{}", timestamp: "1767225600000" },
  })),
  ...several("BullMQ's jobs with ids of their own", (n) => ({
    key: `bull:mail:${uuid(n)}`,
    hash: { name: "send", data: '{"userId":"u1"}', opts: "{}", timestamp: "1767225600000" },
  })),
  ...several("RQ's jobs", (n) => ({ key: `rq:job:${uuid(n)}`, hash: { created_at: "2026-01-01", status: "queued" } })),
  ...several("Spring Data's entities", (n) => ({
    key: `person:${uuid(n)}`,
    hash: { _class: "Person", id: uuid(n), name: "A" },
  })),
  ...several("Spring's other hashes", (n) => ({
    key: `spring:cache:sessions:${uuid(n)}`,
    hash: { creationTime: javaLong },
  })),
  ...several("Spring's cache: JDK objects", (n) => ({
    key: `users::${uuid(n)}`,
    string: fromHex(java.values.HashMap),
  })),
  ...several("JSON under names like ids", (n) => ({ key: uuid(n), string: JSON.stringify({ userId: "u1", id: n }) })),
  ...several("JSON of users", (n) => ({
    key: `user:${uuid(n)}`,
    string: JSON.stringify({ id: uuid(n), user: { id: "u1" } }),
  })),
  ...several("tokens under names like express-session's", (n) => ({
    key: `token:${hex(31, "Zq")}${n}`,
    string: JSON.stringify({ userId: "u1", expires: "2100-01-01T00:00:00Z" }),
  })),
  ...several("Rails' cache: Marshal", (n) => ({
    key: `rails:session:2::${hex(31, "ab")}${n}`,
    string: fromHex("04087b06490c75736572063a0645546906"),
  })),
];
