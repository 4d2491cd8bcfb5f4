import { describe, expect, it } from "vitest";
import { candidatesOf, inUse, recognise } from "../../src/layouts/detect.js";
import { layouts } from "../../src/layouts/index.js";
import { bytesOf, type FixtureKey } from "../helpers/fixture.js";
import { layoutCases } from "./cases/index.js";
import serialize from "./fixtures/php-serialize.json" with { type: "json" };
import { otherKeys } from "./other-keys.js";

/** What is recognised in a keyspace, by its keys and values alone. */
function recognised(keys: readonly FixtureKey[]): string[] {
  const named = new Map(keys.map((key) => [bytesOf(key.key).toString(), key]));
  const judged = candidatesOf([...named.keys()], layouts).map((candidate) => {
    const { layout, prefix } = candidate;
    const verdicts = candidate.keys.flatMap((name) => {
      const { string, hash } = named.get(name) ?? {};
      if ((layout.type === "string" ? string : hash) === undefined) return [];
      const fields = new Map(Object.entries(hash ?? {}).map(([field, value]) => [field, bytesOf(value)]));
      const place = { key: name, prefix, rest: name.slice(prefix.length) };
      return [recognise(layout, { ...place, bytes: bytesOf(string ?? ""), fields, keyEndsAt: Infinity })];
    });
    const count = (verdict: string) => verdicts.filter((one) => one === verdict).length;
    return { ...candidate, sessions: count("session"), unreadable: count("unreadable") };
  });
  return inUse(judged).map(({ layout, prefix }) => `${layout.name} ${prefix}`);
}

describe("a layout in use is recognised by what its framework wrote", () => {
  const used = layoutCases.filter(({ sessions }) => sessions(0).length > 0);
  it.each(used)("$layout, $fixture.writtenBy", ({ layout, prefix, fixture }) => {
    const name = `${layout} ${prefix ?? layouts.find((one) => one.name === layout)?.keys.prefix}`;
    expect(recognised(fixture.keys)).toEqual([name]);
    expect(recognised([...otherKeys, ...fixture.keys])).toEqual([name]);
  });

  it.each(used)(
    "$layout, $fixture.writtenBy, under a prefix of the application's own",
    ({ layout, fixture, prefix }) => {
      const own = layouts.find((one) => one.name === layout)?.keys.prefix ?? "";
      const moved = fixture.keys.map((key) => ({ ...key, key: `shop:${bytesOf(key.key).toString()}` }));
      expect(recognised(moved)).toEqual([`${layout} shop:${prefix ?? own}`]);
    },
  );
});

it("phpredis in a cluster has another prefix, and is recognised by it", () => {
  const keys = serialize.keys.map((key) => ({ ...key, key: key.key.replace("PHPREDIS_", "PHPREDIS_CLUSTER_") }));
  expect(recognised(keys)).toEqual(["php PHPREDIS_CLUSTER_SESSION:"]);
  // What PHP's serialize() writes any cache may hold; under no prefix of phpredis's it is not enough.
  expect(recognised(keys.map((key) => ({ ...key, key: key.key.replace(/^.*:/, "app:") })))).toEqual([]);
});

it("empty sessions under phpredis's prefix are sessions, and elsewhere no evidence", () => {
  const empty = [1, 2, 3].map((n) => ({ key: `PHPREDIS_SESSION:${"e".repeat(25)}${n}`, ttlMs: 1000, string: "" }));
  expect(recognised(empty)).toEqual(["php PHPREDIS_SESSION:"]);
  expect(recognised(empty.map((key) => ({ ...key, key: key.key.replace(/^.*:/, "app:") })))).toEqual([]);
});

describe("what is no session is not taken for one", () => {
  const kinds = [...new Set(otherKeys.map(({ of }) => of))];
  it.each(kinds)("%s", (kind) => {
    expect(recognised(otherKeys.filter(({ of }) => of === kind))).toEqual([]);
  });

  it("all of them together", () => {
    expect(recognised(otherKeys)).toEqual([]);
  });
});
