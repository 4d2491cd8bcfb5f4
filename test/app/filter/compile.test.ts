import { expect, test } from "vitest";
import { compileFilter } from "../../../src/app/filter/compile.js";
import { examples } from "../../../src/app/filter/examples.js";
import { sessionFields } from "../../../src/app/filter/fields.js";
import { createClientReader } from "../../../src/clients/reader.js";
import type { Json } from "../../../src/core/session.js";
import { directorySession } from "../../helpers/directory-session.js";

const now = 1_000_000 + 40 * 60_000;
const fields = sessionFields(createClientReader());
const session = directorySession({
  sightings: [{ at: 1, ip: "10.1.2.3", userAgent: "curl/8" }],
  data: { n: 2, l: [1] },
});
const compile = (text: string) => compileFilter(text, fields, now);

test.each([
  ['user == "alice"', true],
  ['user == "alice" && idle > duration("30m") && inCidr(ip, "10.0.0.0/8")', true],
  ['age > duration("7d")', false],
  ['re(userAgent, "^curl/[0-9]+")', true],
  ['createdAt < timestamp("10m ago")', true],
  ['left < duration("1h")', true],
  ["data.n == 2 && data.l.exists(x, x == 1)", true],
  ['data.no.such == "x"', false],
  ['data.no.such == "x" || user == "alice"', true],
  ['"ua" in flags', false],
  ["size >= 100 && now > createdAt", true],
])("%s is %s", (text, expected) => {
  expect(compile(text).matches(session, now)).toBe(expected);
});

test.each([
  ['!(level == "aal2")', true],
  ['level != "aal2"', true],
  ['data.plan == "pro"', false],
  ['!(data.plan == "pro")', true],
  ['data.plan != "pro"', true],
  ["data.plan.since.year > 3", false],
  ["!(data.plan > 3)", true],
  ["has(data.n)", true],
  ["has(data.plan)", false],
  ["has(data.plan.since)", false],
  ["data.l[0] == 1 && !(data.l[9] == 1)", true],
  ['data["n"] == 2', true],
  ["data . n == 2", true],
  ['data.items.all(i, i.sku != "x")', true],
  ['data.items.exists(i, i.none == "x")', false],
  ['!data.items.exists(i, i.none == "x")', true],
  ['data.items.filter(i, i.n > 1).map(i, i.sku) == ["b"]', true],
])("a session without level and plan: %s is %s", (text, expected) => {
  const data = {
    n: 2,
    l: [1],
    items: [
      { sku: "a", n: 1 },
      { sku: "b", n: 2 },
    ],
  };
  expect(compile(text).matches({ ...session, level: undefined, data }, now)).toBe(expected);
});

test.each(examples)("the example %s is a filter", (text) => {
  expect(typeof compile(text).matches(session, now)).toBe("boolean");
});

test("there are ten examples or more", () => {
  expect(examples.length).toBeGreaterThanOrEqual(10);
});

test("a row that could keep the filter busy for long is left out and counted; an ordinary one is not", () => {
  const loop = compile("data.l.exists(x, userAgent.contains(x))");
  const large = (length: number) => ({
    ...session,
    sightings: [{ at: 1, ip: "10.1.2.3", userAgent: "a".repeat(length) }],
    data: { l: Array.from({ length }, () => "b") },
  });
  expect(loop.matches(large(1000), now)).toBe(false);
  expect(loop.tooLarge()).toBe(0);
  expect(loop.matches(large(1_000_000), now)).toBe(false);
  expect(loop.tooLarge()).toBe(1);
  const plain = compile('userAgent.contains("aa")');
  expect(plain.matches(large(1_000_000), now)).toBe(true);
  expect(plain.tooLarge()).toBe(0);
});

test("data nested without end crashes nothing", () => {
  let deep: Json = 1;
  for (let n = 0; n < 100_000; n++) deep = [deep];
  expect(compile("data.deep == data.deep").matches({ ...session, data: { deep } }, now)).toBe(false);
  expect(compile("data.deep == data.other").matches({ ...session, data: { deep, other: [[deep]] } }, now)).toBe(false);
});

test("where a session is from is asked of the geography that is handed in", () => {
  const asked: string[] = [];
  const geo = {
    place: (ip: string) => {
      asked.push(ip);
      return { country: "NO", asn: 64_500, city: undefined };
    },
    networkName: () => undefined,
    data: [],
    lacks: () => undefined,
  };
  const filter = (text: string) => compileFilter(text, sessionFields(createClientReader(), geo), now);
  expect(filter('country == "NO" && asn == 64500').matches(session, now)).toBe(true);
  expect(filter('country in ["SE", "DK"]').matches(session, now)).toBe(false);
  expect(new Set(asked)).toEqual(new Set(["10.1.2.3"]));
  expect(filter('country == ""').matches(directorySession({ sightings: [] }), now)).toBe(true);
});

test("what a row does not tell matches nothing, and never throws", () => {
  const bare = directorySession({ lastSeenAt: undefined as never, user: undefined as never });
  for (const text of ['idle > duration("0s")', '!(idle > duration("0s"))']) {
    expect(compile(text).matches({ ...bare, lastSeenAt: undefined }, now)).toBe(false);
  }
  expect(compile('user == ""').matches({ ...bare, user: undefined }, now)).toBe(true);
});

test.each([
  ['user = "x"', /Write == /],
  ['user == "x" and ip == "y"', /&&/],
  ['usr == "x"', /Did you mean user\?/],
  ['userAgent.matches("(a+)+$")', /re\(userAgent/],
  ['idle > duration("30x")', /90s, 30m/],
  ['inCidr(ip, "10.0.0.0/99")', /2001:db8/],
  ['re(ip, "(")', /./],
  ["(".repeat(3000), /./],
  ["true && ".repeat(450) + "true", /./],
  [`user == "${"x".repeat(5000)}"`, /4000/],
])("refused with a hint: %s", (text, hint) => {
  expect(() => compile(text)).toThrow(
    expect.objectContaining({ code: "invalid-argument", hint: expect.stringMatching(hint) }),
  );
});

test.each([
  ['user == "x"', ["x"]],
  ['"x" == user && idle > duration("1m")', ["x"]],
  ['idle > duration("1m") && user == "x"', ["x"]],
  ['user in ["x", "y"]', ["x", "y"]],
  ['user == "x" || user == "y"', ["x", "y"]],
  ['user in ["x", "y"] && user != "x" && "y" == user', ["y"]],
  ['user == "x" && user == "y"', []],
  ['!(user != "x")', ["x"]],
  ['!(user != "x" || idle < duration("1m"))', ["x"]],
  ['user == "x" || idle > duration("1m")', undefined],
  ['!(user == "x")', undefined],
  ['user != "x"', undefined],
  ['user == ""', undefined],
  ['user in ["x", ""]', undefined],
  ['!(user in ["x"])', undefined],
])("the index serves %s: %s", (text, users) => {
  expect(compile(text).users).toEqual(users);
});
