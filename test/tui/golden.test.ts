import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { type PtyProgram, startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// The screen as a terminal shows it, with a real Redis and requests that go on, at four sizes, against the files in
// golden/. What is another at every run (ids, times, counts, where Redis is) is masked, each as wide as it was.

const bin = path.resolve(import.meta.dirname, "../../bin/sessctl.js");
const agents = {
  firefox: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  chrome:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36",
  curl: "curl/8.5.0",
};

const people: readonly (readonly [user: string | undefined, ip: string, userAgent: string])[] = [
  ["alice", "193.157.66.7", agents.firefox],
  ["alice.b", "193.157.66.8", agents.chrome],
  ["bjørn", "2001:700:100:1::7", agents.chrome],
  ["eve\u001b[2J\u202e", "193.157.66.9", "\u001b]0;owned\u0007"],
  ["日本語の利用者", "193.157.66.10", agents.firefox],
  [undefined, "193.157.66.11", agents.curl],
  ...Array.from({ length: 9 }, (_, n) => [`user-${n}`, `193.157.67.${n}`, agents.chrome] as const),
];

let redis: TestRedis;
let sessions: SessionStore;
let traffic: NodeJS.Timeout;
let program: PtyProgram | undefined;

beforeAll(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url });
  for (const [user, ip, userAgent] of people) {
    await sessions.create({ ...(user !== undefined && { user, level: "aal1" }), client: { ip, userAgent } });
  }
  const { token } = await sessions.create({
    user: "mallory",
    client: { ip: "193.157.68.1", userAgent: agents.firefox },
  });
  await sessions.validate(token, { ip: "8.8.8.8", userAgent: agents.chrome });
  traffic = setInterval(() => {
    void sessions.validate(token, { ip: "8.8.8.8", userAgent: agents.chrome }).catch(() => undefined);
  }, 50);
});
afterAll(async () => {
  clearInterval(traffic);
  await sessions.close();
  await redis.stop();
});
afterEach(() => program?.stop());

const hashes = (text: string) => "#".repeat(text.length);

/** The screen with what is another at every run masked; the lines of counts by their words alone. */
function masked(text: string): string {
  const lines = text.split("\n");
  const view = lines.findIndex((line) => line.includes("[") && /^ .*\[\w+\]/.test(line));
  return lines
    .map((line, n) => {
      if (n < view) return [...new Set(line.match(/[a-z]+(\/[a-z]+)?/g))].filter((word) => words.has(word)).join(" ");
      return (
        line
          .replaceAll(/\b[0-9a-f]{8,32}\b/g, hashes)
          .replaceAll(/\d{4}-\d\d-\d\dT[\d:]*(?:Z|…)/g, hashes)
          .replaceAll(/\d\d:\d\d:\d\dZ/g, hashes)
          .replaceAll(/[█░]+/g, hashes)
          // In a table a time is as wide as its column; in running text it is as long as it is.
          .replaceAll(/( *\d+[dhms])+\b/g, (time) =>
            /^[▸ ][●✖ ]#{8}|^[▸ ] [A-Z]{3}/.test(line.replaceAll(/\b[0-9a-f]{8}\b/g, hashes)) ? hashes(time) : " #",
          )
          .replaceAll(/ *\b\d+ B\b/g, hashes)
          .trimEnd()
      );
    })
    .join("\n");
}

const words = new Set([
  "sessctl",
  "layout",
  "native",
  "every",
  "sessions",
  "logins/min",
  "revoked/min",
  "flagged",
  "users",
  "op/s",
]);

test.each([
  [60, 15],
  [80, 24],
  [120, 40],
  [250, 100],
])("at %i×%i: sessions, details, a dialog, and findings and help where they stand", async (columns, rows) => {
  const env = { SESSCTL_URL: redis.url };
  const screen = startOnTerminal([process.execPath, bin, "top", "--interval", "1s"], { columns, rows, env });
  program = screen;
  // A frame is written from top to bottom: it is whole when the line of keys is there.
  const shows = (seen: string, keys: string) =>
    screen.until((text) => text.includes(seen) && (text.trimEnd().split("\n").at(-1) ?? "").includes(keys));
  const same = (name: string) =>
    expect(masked(screen.screen.text())).toMatchFileSnapshot(`golden/${columns}x${rows}-${name}.txt`);
  await screen.until(rows < 18 ? "logins/min" : /users \d+ .*op\/s/);
  if (columns >= 120) await screen.until(/193\.157\.66\.7 +NO /);
  // By user the order is the same at every run.
  screen.type("s");
  await shows("Sort by", "Esc cancel");
  screen.type("kkkkkk\r");
  await shows("by USER ▲", "q quit");
  await same("sessions");
  screen.type("/alice 66.7\r");
  await shows("1 found", "q quit");
  screen.type("\r");
  await shows("idle window", "Esc back");
  await same("details");
  screen.type("\u001b");
  await shows("1 found", "/ filter");
  screen.type("\u001b");
  await screen.until((text) => !text.includes("found"));
  screen.type("a");
  // What is found is the rules' affair: here it is where it stands.
  const found = await screen.until(
    (text) => /▸ (CRITICAL|HIGH) /.test(text) && !text.includes("/ filter") && text.includes("q quit"),
  );
  expect(found).toMatch(/SEVERITY RULE +USER +SESSIONS +SEEN/);
  expect(found).toMatch(/▸ (CRITICAL|HIGH) +[a-z-]+ +mallory/);
  screen.type("?");
  await shows("─ Keys", "Esc close");
  screen.type("\u001b");
  await screen.until((text) => !text.includes("─ Keys") && text.includes("q quit"));
  screen.type("\t\t");
  await shows("[Sessions]", "/ filter");
  screen.type("/alice\r");
  await shows("2 found", "/ filter");
  screen.type("  x");
  // The last line is drawn last: the frame is whole when nothing of the one before is on it.
  await screen.until((text) => text.includes("Revoke these 2 sessions?") && /Esc cancel\s*$/.test(text));
  await same("dialog");
  screen.type("\u001b");
  await screen.until((text) => !text.includes("Revoke these"));
  screen.type("q");
  expect((await screen.ended).exitCode).toBe(0);
  expect(screen.screen.mischief).toEqual([]);
});
