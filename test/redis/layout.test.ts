import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { idOfToken, newToken, shardOfUser } from "../../src/core/token.js";
import { readEntry, sealEntry } from "../../src/core/trail.js";
import { decodeEvent, encodeEventOf } from "../../src/redis/events.js";
import { keysOf } from "../../src/redis/keys.js";
import { decodeRecord, encodeRecord, isCorrupt } from "../../src/redis/record.js";
import { encodeTombstone } from "../../src/redis/tombstone.js";

/** docs/layout.md is what other languages implement from, so its examples must be what the code does. */
const page = readFileSync(new URL("../../docs/layout.md", import.meta.url), "utf8");
const jsonExamples = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) => match[1] ?? "");

describe("docs/layout.md", () => {
  it("gives the token, id and shards that the code gives", () => {
    const token = newToken("a3", (bytes) => Uint8Array.from({ length: bytes }, (_, n) => n));
    expect(page).toContain(`token \`${token}\``);
    expect(page).toContain(`id \`${idOfToken(token)}\``);
    for (const user of ["alice", "Zoë"]) expect(page).toContain(`user \`${user}\` | shard \`${shardOfUser(user)}\``);
  });

  it("shows a record that reads and writes as it stands there", () => {
    const text = JSON.stringify(JSON.parse(jsonExamples[0] ?? ""));
    const record = decodeRecord(text);
    if (isCorrupt(record)) throw new Error(record.corrupt);
    expect(encodeRecord(record)).toBe(text);
    expect(record.sightings.map(({ ip }) => ip)).toEqual(["203.0.113.7", "198.51.100.20"]);
    expect(record.sightings[1]?.userAgent).toBe(record.sightings[0].userAgent);
  });

  it("shows an event as it is written and read", () => {
    const text = JSON.stringify(JSON.parse(jsonExamples[1] ?? ""));
    const event = { type: "destroyed", at: 1_795_383_373_151, user: "alice" } as const;
    const id = "a3f09c2e51d74b06a3f09c2e51d74b06";
    expect(encodeEventOf(id, event)).toBe(text);
    expect(decodeEvent(["1795383373151-0", ["e", text]])).toMatchObject({ id, ...event });
  });

  it("shows a tombstone as it is written", () => {
    const text = JSON.stringify(JSON.parse(jsonExamples[2] ?? ""));
    expect(encodeTombstone({ ended: "revoked", at: 1_795_383_373_151, reason: "stolen", actor: "support" })).toBe(text);
  });

  it("shows an entry of the trail as it is written and read, with its hash", () => {
    const text = JSON.stringify(JSON.parse(jsonExamples[3] ?? ""));
    const entry = readEntry(text);
    if (typeof entry === "string") throw new Error(entry);
    expect(sealEntry(entry)).toEqual({ text, hash: /has the hash `([0-9a-f]{64})`/.exec(page)?.[1] });
  });

  it("names every key", () => {
    const keys = keysOf("sc");
    const id = "a3b870774228529c1e5b26a985fb76e4";
    const names = [keys.session(id), keys.live("a3"), keys.flagged("a3"), keys.gone(id), keys.cutoff("a3"), keys.trail];
    for (const name of names) expect(page).toContain(`\`${name.replace(id, "<id>")}\``);
    expect(keys.user("alice")).toBe("sc:{2b}:user:alice");
    expect(page).toContain("`sc:{a3}:user:<user>`");
  });

  it.each(["", "a b", "a:b", "{a}", "*", "ä", "x".repeat(65)])("has no namespace %j", (namespace) => {
    expect(() => keysOf(namespace)).toThrow(expect.objectContaining({ code: "invalid-argument" }));
  });
});
