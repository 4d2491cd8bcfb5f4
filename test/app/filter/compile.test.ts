import { expect, test } from "vitest";
import { compileFilter } from "../../../src/app/filter/compile.js";
import { sessionFields } from "../../../src/app/filter/fields.js";
import { createClientReader } from "../../../src/clients/reader.js";
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
  ["user", /Compare/],
  ["data.l.exists(x, data.l.exists(y, x == y))", /./],
  ["(".repeat(3000), /./],
  ["true && ".repeat(450) + "true", /./],
  [`user == "${"x".repeat(5000)}"`, /4000/],
])("refused with a hint: %s", (text, hint) => {
  expect(() => compile(text)).toThrow(
    expect.objectContaining({ code: "invalid-argument", hint: expect.stringMatching(hint) }),
  );
});

test.each([
  ['user == "x"', "x"],
  ['"x" == user && idle > duration("1m")', "x"],
  ['user == "x" || idle > duration("1m")', undefined],
  ['!(user == "x")', undefined],
  ['user == ""', undefined],
])("the index serves %s: %s", (text, user) => {
  expect(compile(text).user).toBe(user);
});
