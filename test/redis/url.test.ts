import { describe, expect, it } from "vitest";
import { parseUrl, redactUrl } from "../../src/redis/url.js";

const nobody = { username: undefined, password: undefined, db: 0 };

describe("parseUrl", () => {
  it.each([
    ["redis://localhost", { kind: "tcp", host: "localhost", port: 6379, tls: false, ...nobody }],
    ["redis://localhost/", { kind: "tcp", host: "localhost", port: 6379, tls: false, ...nobody }],
    ["redis://cache:7000/3", { kind: "tcp", host: "cache", port: 7000, tls: false, ...nobody, db: 3 }],
    ["rediss://cache", { kind: "tcp", host: "cache", port: 6379, tls: true, ...nobody }],
    ["redis://[::1]:7000", { kind: "tcp", host: "::1", port: 7000, tls: false, ...nobody }],
    ["redis://:secret@cache", { kind: "tcp", host: "cache", port: 6379, tls: false, ...nobody, password: "secret" }],
    [
      "redis://ops:p%40ss%3A@cache",
      { kind: "tcp", host: "cache", port: 6379, tls: false, username: "ops", password: "p@ss:", db: 0 },
    ],
    ["redis+unix:///run/redis.sock", { kind: "unix", path: "/run/redis.sock", ...nobody }],
    ["redis+unix://:x@/run/a%20b.sock?db=2", { kind: "unix", path: "/run/a b.sock", ...nobody, password: "x", db: 2 }],
    [
      "redis+sentinel://a,b:1/main",
      {
        kind: "sentinel",
        sentinels: [
          { host: "a", port: 26_379 },
          { host: "b", port: 1 },
        ],
        master: "main",
        tls: false,
        ...nobody,
      },
    ],
    [
      "redis+cluster://a,b:7001",
      {
        kind: "cluster",
        nodes: [
          { host: "a", port: 6379 },
          { host: "b", port: 7001 },
        ],
        tls: false,
        ...nobody,
      },
    ],
    [
      "rediss+sentinel://a/main",
      { kind: "sentinel", sentinels: [{ host: "a", port: 26_379 }], master: "main", tls: true, ...nobody },
    ],
    ["rediss+cluster://a", { kind: "cluster", nodes: [{ host: "a", port: 6379 }], tls: true, ...nobody }],
  ])("reads %s", (url, target) => {
    expect(parseUrl(url)).toEqual(target);
  });

  it.each([
    "",
    "cache",
    "cache:6379",
    "http://cache",
    "redis://",
    "redis://a,b",
    "redis://a:0",
    "redis://a:65536",
    "redis://a/x",
    "redis+unix://relative/path",
    "redis+unix:///",
    "redis+sentinel://a",
    "redis+cluster://a/1",
    "redis://%zz@a",
    "redis://a b",
  ])("refuses %j and says which forms there are", (url) => {
    expect(() => parseUrl(url)).toThrow(
      expect.objectContaining({ code: "invalid-url", hint: expect.stringContaining("redis+unix://") }),
    );
  });

  it("shows no password in its error", () => {
    for (const url of ["redis://u:hunter2@", "http://u:hunter2@host", "redis://u:hunter2@host:0", "u:hunter2@host"]) {
      try {
        parseUrl(url);
        expect.unreachable();
      } catch (error) {
        expect(String(error)).not.toContain("hunter2");
      }
    }
  });
});

describe("redactUrl", () => {
  it.each([
    ["redis://localhost", "redis://localhost"],
    ["redis://:secret@cache/1", "redis://:***@cache/1"],
    ["rediss://ops:secret@cache", "rediss://ops:***@cache"],
    ["redis+unix://:secret@/run/redis.sock", "redis+unix://:***@/run/redis.sock"],
    ["ops:secret@cache", "ops:***@cache"],
    ["redis://ops:se@cret@cache", "redis://ops:***@cache"],
    ["redis://ops:se/cret@cache", "redis://ops:***@cache"],
  ])("%s → %s", (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });
});
