import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  idOfToken,
  isIdPrefix,
  isSessionId,
  isToken,
  newToken,
  randomShard,
  shardOfId,
  shardOfUser,
  shards,
} from "../../src/core/token.js";

describe("tokens and ids", () => {
  it("are on one of 256 shards", () => {
    expect(shards).toHaveLength(256);
    expect(new Set(shards).size).toBe(256);
    for (const shard of shards) expect(shard).toMatch(/^[0-9a-f]{2}$/);
    for (let n = 0; n < 50; n++) expect(shards).toContain(randomShard(randomBytes));
  });

  it("have the form that the layout describes, the id on the token's shard", () => {
    const token = newToken("a3", randomBytes);
    expect(token).toMatch(/^a3[A-Za-z0-9_-]{32}$/);
    expect(isToken(token)).toBe(true);
    const id = idOfToken(token);
    expect(id).toMatch(/^a3[0-9a-f]{30}$/);
    expect(isSessionId(id)).toBe(true);
    expect(shardOfId(id)).toBe("a3");
  });

  it("use every random bit that they are given", () => {
    const token = newToken("00", (bytes) => new Uint8Array(bytes).fill(0xff));
    expect(token).toBe(`00${"_".repeat(32)}`);
    expect(newToken("00", (bytes) => new Uint8Array(bytes).fill(1, 23))).not.toBe(
      newToken("00", (bytes) => new Uint8Array(bytes)),
    );
  });

  // So that another language's implementation can be checked against the same examples: docs/layout.md has them.
  it("hash as the layout's examples say", () => {
    expect(idOfToken("a3AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")).toBe("a3b870774228529c1e5b26a985fb76e4");
    expect(shardOfUser("alice")).toBe("2b");
    expect(shardOfUser("Zoë")).toBe("c6");
  });

  it.each([
    "",
    "a",
    "xyz",
    "a3AAECAwQFBgcICQoLDA0ODxAREhMUFRY",
    "A3AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
    "a3AAECAwQFBgcICQoLDA0ODxAREhMUFR+/",
    "a3AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\n",
  ])("%j is no token", (text) => expect(isToken(text)).toBe(false));

  it.each([
    ["ab", true],
    ["abcd", true],
    ["a".repeat(32), true],
    ["a".repeat(33), false],
    ["a", false],
    ["ABCD", false],
    ["abc*", false],
  ])("%j can begin an id: %j", (text, expected) => expect(isIdPrefix(text)).toBe(expected));
});
