import { expect, test } from "vitest";
import { compileFilter } from "../../../src/app/filter/compile.js";
import { sessionFields } from "../../../src/app/filter/fields.js";
import { createClientReader } from "../../../src/clients/reader.js";
import { SessctlError } from "../../../src/core/errors.js";

const fields = sessionFields(createClientReader());

/** A mistake as a filter with `▸` before its place, what is wrong, and what to write instead. */
function mistakeIn(text: string): { readonly place: string; readonly what: string; readonly hint: string } {
  try {
    compileFilter(text, fields, 0);
  } catch (error) {
    if (!(error instanceof SessctlError) || error.excerpt === undefined) throw error;
    const { at } = error.excerpt;
    expect(error.code).toBe("invalid-argument");
    expect(error.excerpt.text).toBe(text);
    return { place: `${text.slice(0, at)}▸${text.slice(at)}`, what: error.message, hint: error.hint ?? "" };
  }
  throw new Error(`${text} was taken`);
}

test.each([
  // What is compared.
  ["idle > ▸3", /duration > number/, /duration\("3m"\)/],
  ["▸3 < idle", /number < duration/, /duration\("3m"\)/],
  ['idle > ▸"90s"', /duration > text/, /duration\("90s"\)/],
  ['user == "a" && idle > ▸3', /duration/, /duration\("3m"\)/],
  ['createdAt > ▸"2026-03-01"', /time > text/, /timestamp\("2026-03-01"\)/],
  ["createdAt > ▸3", /time > number/, /timestamp\("2h ago"\)/],
  ['lastSeenAt > ▸duration("3m")', /time > duration/, /idle, age and left/],
  ["user == ▸null", /text == null/, /absent text is ""/],
  ["endsAt == ▸null", /time == null/, /no need/],
  ["user == ▸7", /text == number/, /in quotes/],
  ['size > ▸"7"', /number > text/, /quotes out/],
  ['flags == ▸"ua"', /list/, /"ua" in flags/],
  // What is named.
  ['▸usr == "x"', /no usr/, /Did you mean user\?.*Names: now, id/],
  ["user == ▸alice", /no alice/, /texts in quotes/],
  ['user.▸startwith("x")', /no function startwith/, /Did you mean startsWith\?/],
  ['▸inCIDR(ip, "10.0.0.0/8")', /no function inCIDR/, /Did you mean inCidr\?/],
  ["▸astrology(user)", /no function astrology/, /Functions: inCidr, re/],
  ['idle > ▸duration(3, "m")', /./, /./],
  // How it is written.
  ['user ▸= "x"', /unexpected =/, /Write ==/],
  ['user ==▸= "x"', /unexpected =/, /Write ==/],
  ['user == "x" ▸and ip == "y"', /and is not a word/, /&&/],
  ['user == "x" ▸OR ip == "y"', /OR is not a word/, /&&/],
  ['▸not user == "x"', /not is not a word/, /!/],
  ["user == ▸“x”", /“ is not a quote/, /plain quotes/],
  ["user == ▸`x`", /` is not a quote/, /plain quotes/],
  ["user == ▸'x", /no end/, /Close it/],
  ['user ▸<> "x"', /<>/, /!=/],
  ['user == "x" ▸& ip == "y"', /unexpected &/, /Write &&/],
  ['user in ("x"▸, "y")', /./, /brackets/],
  ['user ▸like "x"', /like/, /contains/],
  ['user == "x" ||▸', /ends too early/, /./],
  ['user == "x"▸)', /unexpected \)/, /./],
  ["▸", /empty/, /user ==/],
  // What is no question, or a long one.
  ["▸user", /not yes or no/, /Compare/],
  ["▸data", /not yes or no/, /has\(data\.plan\)/],
  ['user == "x" && ▸data', /not yes or no/, /has/],
  ["!▸data", /not yes or no/, /has/],
  ["data.l.exists(x, ▸data.m.exists(y, x == y))", /inside another loop/, /&&/],
  ['▸userAgent.matches("(a+)+$")', /minutes/, /re\(userAgent/],
  ['re(ip, ▸"(")', /./, /./],
  ['idle > duration(▸"30x")', /not a duration/, /90s, 30m/],
  ['inCidr(ip, ▸"10.0.0.0/99")', /./, /2001:db8/],
])("%s", (marked, what, hint) => {
  const mistake = mistakeIn(marked.replace("▸", ""));
  expect(mistake.place).toBe(marked);
  expect(mistake.what).toMatch(what);
  expect(mistake.hint).toMatch(hint);
});
