import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFilter } from "../../../src/app/filter/compile.js";
import { sessionFields } from "../../../src/app/filter/fields.js";
import { functionNames } from "../../../src/app/filter/functions.js";
import { createClientReader } from "../../../src/clients/reader.js";
import { SessctlError } from "../../../src/core/errors.js";
import type { DirectorySession } from "../../../src/core/ports.js";
import type { SessionData } from "../../../src/core/session.js";
import { directorySession } from "../../helpers/directory-session.js";

const fields = sessionFields(createClientReader());
const now = 1_000_000;

const time = fc.oneof(fc.constantFrom(undefined, Infinity, -Infinity, NaN, 0, now), fc.double());
const text = fc.option(fc.string({ unit: "binary" }), { nil: undefined });
const row: fc.Arbitrary<DirectorySession> = fc
  .record({
    user: fc.constantFrom("alice", "bob", "", undefined),
    level: text,
    createdAt: time,
    authenticatedAt: time,
    lastSeenAt: time,
    idleEndsAt: time,
    endsAt: time,
    bytes: fc.option(fc.double(), { nil: undefined }),
    corrupt: text,
    sightings: fc.array(fc.record({ at: fc.integer(), ip: text, userAgent: text }), { maxLength: 3 }),
    data: fc.option(fc.dictionary(fc.constantFrom("a", "l", "plan", "__proto__"), fc.jsonValue()), { nil: undefined }),
  })
  .map((parts) => directorySession({ ...parts, data: parts.data as SessionData | undefined }));

const word = fc.constantFrom(
  ...fields.map(({ name }) => name),
  ...functionNames.map((name) => `${name}(`),
  "data.a",
  "data.l",
  "data.plan.x",
  'data["a"]',
  "data.l[0]",
  "has(data.a.b)",
  ".exists(x, x",
  "now",
  "null",
  "true",
  "==",
  "!=",
  "<",
  ">=",
  "&&",
  "||",
  "!",
  "?",
  ":",
  "+",
  "-",
  "*",
  "/",
  "in",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ".",
  '"alice"',
  "'bob'",
  '"',
  "1",
  "2.5",
  "-1",
  "1u",
  'duration("1m")',
  'timestamp("1h ago")',
  're(ip, "a+")',
  "//",
  "\n",
  "=",
  "and",
  "“",
  "`",
  "\u0000",
  "\uD800",
  "é",
  "日本",
  "\u{1F469}\u200D\u{1F467}",
  "__proto__",
  "constructor",
);

test("no text and no row crashes a filter: it is a mistake with a place, or yes or no", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word).map((words) => words.join(" ")),
        fc.string(),
      ),
      row,
      (filter, session) => {
        try {
          expect(typeof compileFilter(filter, fields, now).matches(session, now)).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(SessctlError);
          expect((error as SessctlError).excerpt?.at).toBeLessThanOrEqual(filter.length);
          expect((error as SessctlError).excerpt?.at).toBeGreaterThanOrEqual(0);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

/** Filters that are right, built from questions about users and about other things. */
const { right } = fc.letrec<{ right: string; question: string }>((tie) => ({
  question: fc.constantFrom(
    'user == "alice"',
    '"bob" == user',
    'user != "alice"',
    'user in ["alice", "bob"]',
    'user in ["bob", ""]',
    'user == ""',
    'user.startsWith("a")',
    'idle > duration("1s")',
    'level == "aal2"',
    "size > 3",
    '"net" in flags',
    'data.plan == "pro"',
    "data.l.exists(x, x == 1)",
    "has(data.a)",
    "data.a > 3",
    "true",
    "false",
  ),
  right: fc.oneof(
    { depthSize: "small" },
    tie("question"),
    tie("right").map((one) => `!(${one})`),
    fc.tuple(tie("right"), fc.constantFrom("&&", "||"), tie("right")).map(([a, op, b]) => `(${a}) ${op} (${b})`),
  ),
}));

test("reading the named users alone finds the same as reading all", () => {
  let narrowed = 0;
  fc.assert(
    fc.property(right, fc.array(row), (filter, rows) => {
      const { matches, users } = compileFilter(filter, fields, now);
      if (users === undefined) return;
      narrowed += 1;
      const read = rows.filter(({ user }) => user !== undefined && users.includes(user));
      expect(read.filter((one) => matches(one, now))).toEqual(rows.filter((one) => matches(one, now)));
    }),
    { numRuns: 2000 },
  );
  expect(narrowed).toBeGreaterThan(100);
});

test("of questions that have an answer, the negation is the other answer", () => {
  const answered = fc.constantFrom(
    'user == "alice"',
    'level == "aal2"',
    'ip.startsWith("1")',
    'data.plan == "pro"',
    "has(data.a.b)",
    "data.no > 3",
    'data.no.such.key == "x"',
    'data.no.contains("x")',
    '"net" in flags',
    "sightingCount > 1",
    're(userAgent, "a")',
    'data.no in ["x"]',
    'inCidr(ip, "10.0.0.0/8")',
    "data.l[7] == 1",
    'data["no"].x == 1',
  );
  fc.assert(
    fc.property(answered, row, (question, session) => {
      const yes = compileFilter(question, fields, now).matches(session, now);
      expect(compileFilter(`!(${question})`, fields, now).matches(session, now)).toBe(!yes);
    }),
    { numRuns: 1000 },
  );
});
