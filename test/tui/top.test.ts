import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { type PtyProgram, startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const bin = path.resolve(import.meta.dirname, "../../bin/sessctl.js");
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const down = "\u001b[B";
const escape = "\u001b";

let redis: TestRedis;
let sessions: SessionStore;
const running: PtyProgram[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  await redis.client.flushall();
  sessions = createSessionStore({ redis: redis.url });
  for (const user of ["alice", "bob", "carol", "alice"]) {
    await sessions.create({ user, client: { ip: "203.0.113.7", userAgent: firefox } });
  }
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop()));
  await sessions.close();
});

/** Starts `sessctl top` and waits for its table. */
async function top(
  args: readonly string[] = [],
  options: NonNullable<Parameters<typeof startOnTerminal>[1]> = {},
): Promise<PtyProgram> {
  const program = startOnTerminal([process.execPath, bin, "top", "--interval", "1s", ...args], {
    ...options,
    env: { SESSCTL_URL: redis.url, ...options.env },
  });
  running.push(program);
  await program.until("by IDLE");
  return program;
}

/** What must be so however it ended. */
function expectTerminalBack({ screen }: PtyProgram): void {
  expect(screen.inAlternateBuffer).toBe(false);
  expect(screen.cursorShown).toBe(true);
  expect(screen.scrolledLines).toBe(0);
}

const usersOf = (text: string) => [...text.matchAll(/^[▸ ][● ][0-9a-f]{8} (\w+)/gm)].map(([, user = ""]) => user);
const sorted = (users: readonly string[]) => users.toSorted((a, b) => a.localeCompare(b));

describe("sessctl top", () => {
  test("draws on the alternate buffer, and q gives the terminal back with 0", async () => {
    const program = await top();
    const { screen } = program;
    expect([screen.inAlternateBuffer, screen.cursorShown]).toEqual([true, false]);
    expect(screen.text()).toMatch(/sessions 4 /);
    expect(sorted(usersOf(screen.text()))).toEqual(["alice", "alice", "bob", "carol"]);
    expect(screen.lines().at(-1)).toBe("");
    program.type("q");
    expect(await program.ended).toEqual({ exitCode: 0, signal: undefined });
    expectTerminalBack(program);
    expect(screen.text().trim()).toBe("");
  });

  test("sorts by another column, and inverts", async () => {
    const program = await top();
    program.type("s");
    await program.until("Sort by");
    program.type("kkkkkk\r");
    await program.until("by USER ▲");
    expect(usersOf(program.screen.text())).toEqual(["alice", "alice", "bob", "carol"]);
    program.type("I");
    await program.until("by USER ▼");
    expect(usersOf(program.screen.text())).toEqual(["carol", "bob", "alice", "alice"]);
  });

  test("filters while typing, and Escape clears", async () => {
    const program = await top();
    program.type("/carol");
    await program.until("1 found");
    expect(usersOf(program.screen.text())).toEqual(["carol"]);
    program.type("\r");
    await program.until("/ carol 1 found");
    program.type(escape);
    await program.until((text) => usersOf(text).length === 4);
  });

  test("shows the details of a session, which go on while they are open", async () => {
    const program = await top();
    program.type("/bob\r");
    await program.until("/ bob 1 found");
    program.type("\r");
    const text = await program.until("idle window");
    expect(text).toContain(firefox);
    const [session] = await sessions.listUser("bob");
    expect(text).toContain(session?.id);
    await sessions.revokeUser("bob");
    await program.until("This session has ended");
    program.type(escape);
    await program.until("by IDLE");
  });

  test("revokes the selected session after a question, and it is gone in Redis", async () => {
    const program = await top();
    program.type("/bob\r");
    await program.until("/ bob 1 found");
    program.type("x");
    await program.until("Revoke this session?");
    program.type("\r");
    await program.until((text) => !text.includes("Revoke this session?"));
    expect(await sessions.listUser("bob")).toHaveLength(1);
    program.type("x");
    await program.until("Revoke this session?");
    program.type("\t\r");
    await program.until(/✔ Revoked session [0-9a-f]{8} of bob/);
    expect(await sessions.listUser("bob")).toEqual([]);
    expect(await sessions.listUser("alice")).toHaveLength(2);
  });

  test("revokes the marked ones when their count was typed, and no other", async () => {
    const program = await top();
    program.type("/alice\r");
    await program.until("2 found");
    program.type("  x");
    await program.until("Revoke these 2 sessions?");
    await sessions.create({ user: "alice" });
    program.type("\t\r");
    await program.until(/type 2 to confirm/);
    program.type("2");
    program.type("\t\t\r");
    await program.until("Revoked 2 sessions of alice (2)");
    expect(await sessions.listUser("alice")).toHaveLength(1);
  });

  test("brings the end of a session forward", async () => {
    const program = await top();
    program.type("/bob\r");
    await program.until("/ bob 1 found");
    program.type("e");
    await program.until("Expire this session?");
    program.type("\t\r");
    await program.until("Expired session");
    const [session] = await sessions.listUser("bob");
    expect(session?.endsAt).toBeLessThanOrEqual(Date.now() + 600_000);
  });

  test("a new session appears by itself", async () => {
    const program = await top();
    await sessions.create({ user: "dave" });
    expect(await program.until("dave")).toContain("sessions 5 ");
  });

  test("follows the terminal's size, and says when it is too small", async () => {
    const program = await top([], { columns: 120, rows: 40 });
    program.resize(60, 15);
    await program.until((text) => /sessions 4/.test(text) && text.split("\n").every((line) => line.length <= 60));
    program.resize(40, 10);
    await program.until("needs 60×15");
    program.resize(100, 30);
    await program.until((text) => usersOf(text).length === 4);
    expect(program.screen.text().match(/sessctl redis/g)).toHaveLength(1);
    program.type("q");
    await program.ended;
    expectTerminalBack(program);
  });

  test("a storm of resizes ends in a whole screen of the last size", async () => {
    const program = await top([], { columns: 120, rows: 40 });
    for (let n = 0; n < 60; n++) program.resize(30 + ((n * 37) % 190), 5 + ((n * 11) % 55));
    program.resize(100, 24);
    const text = await program.until(
      (seen) => usersOf(seen).length === 4 && (seen.trimEnd().split("\n").at(-1) ?? "").includes("q quit"),
    );
    expect(text.match(/by IDLE/g)).toHaveLength(1);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    program.type("q");
    await program.ended;
    expectTerminalBack(program);
  });

  test("y asks the terminal to copy the whole id", async () => {
    const program = await top();
    program.type("/bob\r");
    await program.until("1 found");
    program.type("y");
    await program.until("Copied");
    const [session] = await sessions.listUser("bob");
    expect(program.screen.mischief).toEqual([`OSC 52;c;${Buffer.from(session?.id ?? "").toString("base64")}`]);
  });

  test("a filter is an expression: its mistake is said while it is typed, and a user's old sessions are found", async () => {
    const program = await top();
    program.type('/user == "ali');
    await program.until(/✖ .*(character|string|Unterminated|end)/i);
    expect(usersOf(program.screen.text())).toHaveLength(4);
    program.type('ce" && flags == []\r');
    await program.until("2 found");
    expect(usersOf(program.screen.text())).toEqual(["alice", "alice"]);
  });

  test("what somebody else ends is marked, and then gone", async () => {
    const program = await top();
    await sessions.revokeUser("bob", { reason: "lost phone" });
    await program.until(/✖[0-9a-f]{8} bob .*✖ revoked: lost phone/);
    const rest = await program.until((text) => !text.includes("bob"));
    expect(usersOf(rest)).toHaveLength(3);
  });

  test("a hostile session is text like any other", async () => {
    const hostile = "\u001b]0;owned\u0007\u001b]52;c;eA==\u0007\u001b[2J\u001b[H\u009b2J\r\u202e\u0007EVIL";
    await sessions.create({ user: `mallory${hostile}`, client: { ip: hostile, userAgent: hostile } });
    const program = await top([], { columns: 200, rows: 30 });
    await program.until("mallory\\x1b]0;owned");
    program.type("/mallory\r");
    await program.until("1 found");
    program.type("\r");
    await program.until("idle window");
    program.type("x");
    await program.until("Revoke this session?");
    program.type("\t\r");
    await program.until("Revoked session");
    expect(program.screen.mischief).toEqual([]);
    expect(program.screen.text()).toContain("sessctl redis");
    expect(program.output).not.toContain("\u202e");
  });

  test("read-only, it changes nothing", async () => {
    const program = await top(["--read-only"]);
    expect(program.screen.text()).toContain("READ-ONLY");
    program.type(" x");
    await program.until("Read-only: nothing can be changed");
    expect(program.screen.text()).not.toContain("Revoke this session?");
  });

  test("draws also where CI is set: a terminal is a terminal", async () => {
    const program = await top([], { env: { CI: "true" } });
    expect(usersOf(program.screen.text())).toHaveLength(4);
    program.type("q");
    expect((await program.ended).exitCode).toBe(0);
    expectTerminalBack(program);
  });

  test("without colours the selection is still seen", async () => {
    const program = await top(["--no-color"]);
    expect(program.output).not.toMatch(/\u001b\[(3[0-7]|4[0-7]|9\d|10\d|38|48)[;m]/);
    expect(program.output).toContain("\u001b[7m");
    program.type(down);
    await program.until((text) => text.split("\n").findIndex((line) => line.startsWith("▸")) === 5);
  });
});

describe("ending", () => {
  const signals = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130, SIGQUIT: 131 } as const;
  for (const [signal, exitCode] of Object.entries(signals)) {
    test(`${signal} gives the terminal back and exits with ${exitCode}`, async () => {
      const program = await top();
      process.kill(program.pid, signal);
      expect(await program.ended).toEqual({ exitCode, signal: undefined });
      expectTerminalBack(program);
    });
  }

  test("Ctrl-C does, also over a dialog", async () => {
    const program = await top();
    program.type("x");
    await program.until("Revoke this session?");
    program.type("\u0003");
    expect((await program.ended).exitCode).toBe(130);
    expectTerminalBack(program);
    expect(await redis.client.dbsize()).toBeGreaterThan(4);
  });
});

describe("Ctrl-Z", () => {
  test("gives the terminal to the shell, and fg takes it again", async () => {
    const program = startOnTerminal(["/bin/sh", "-i"], { env: { SESSCTL_URL: redis.url, PS1: "shell> ", ENV: "" } });
    running.push(program);
    await program.until("shell>");
    program.type(`set -m; '${process.execPath}' '${bin}' top\r`);
    await program.until("by IDLE");
    program.type("\u001a");
    await program.until((text) => /shell> *$/.test(text.trimEnd()));
    expect([program.screen.inAlternateBuffer, program.screen.cursorShown]).toEqual([false, true]);
    program.type("fg\r");
    await program.until("by IDLE");
    expect(program.screen.inAlternateBuffer).toBe(true);
    program.type("?");
    await program.until("─ Keys");
    program.type(escape);
    await program.until((text) => !text.includes("─ Keys"));
    program.type("q");
    await program.until((text) => /shell> *$/.test(text.trimEnd()));
    expectTerminalBack(program);
    program.type("exit\r");
    await program.ended;
  });
});

describe("when Redis goes away", () => {
  test("stopped: the screen stays, keys are answered, and it comes back", async () => {
    const program = await top(["--timeout", "1s"]);
    process.kill(redis.pid, "SIGSTOP");
    try {
      await program.until(/✖ Redis is gone since \d\d:\d\d:\d\dZ/);
      expect(usersOf(program.screen.text())).toHaveLength(4);
      program.type("?");
      await program.until("─ Keys");
      program.type(escape);
      await program.until((text) => !text.includes("─ Keys"));
    } finally {
      process.kill(redis.pid, "SIGCONT");
    }
    await program.until((text) => !text.includes("Redis is gone"));
    await program.until("by IDLE");
  });

  test("slow: keys are answered and times tick while a read is under way, and the wait is said", async () => {
    const program = await top(["--timeout", "30s"]);
    await redis.client.call("CLIENT", "PAUSE", "4000", "ALL");
    await program.until(/waiting \d+s/);
    program.type("?");
    await program.until("─ Keys");
    program.type(escape);
    await program.until((text) => !text.includes("─ Keys"));
    program.type("jx");
    await program.until("Revoke this session?");
    program.type(escape);
    await program.until((text) => !text.includes("waiting"));
    expect(usersOf(program.screen.text())).toHaveLength(4);
  });

  test("what the ACL denies is missing in words, and the rest is there", async () => {
    await redis.client.call("ACL", "SETUSER", "reader", "on", ">secret", "~sc:*", "+@all", "-info", "-xrevrange");
    const program = await top([], { env: { SESSCTL_USERNAME: "reader", SESSCTL_PASSWORD: "secret" }, columns: 120 });
    expect(usersOf(program.screen.text())).toHaveLength(4);
    program.type("E");
    await program.until("Events cannot be read: Redis denies the user reader the command XREVRANGE");
    expect(program.screen.text()).not.toContain("op/s");
    expect(program.screen.text()).not.toContain("logins/min");
    program.type("\t");
    await program.until((text) => usersOf(text).length === 4);
    await redis.client.call("ACL", "DELUSER", "reader");
  });

  test("gone for good: it says so, and q still quits", async () => {
    const other = await startRedis();
    const program = startOnTerminal([process.execPath, bin, "top", "--interval", "1s"], {
      env: { SESSCTL_URL: other.url },
    });
    running.push(program);
    await program.until("No sessions.");
    await other.stop();
    await program.until("Redis is gone since");
    program.type("q");
    expect((await program.ended).exitCode).toBe(0);
    expectTerminalBack(program);
  });

  test("not there at the start: it waits for it", async () => {
    const program = startOnTerminal([process.execPath, bin, "top", "--interval", "1s"], {
      env: { SESSCTL_URL: "redis+unix:///nonexistent/redis.sock" },
    });
    running.push(program);
    await program.until("Redis is gone since");
    expect(program.screen.text()).toContain("Nothing could be read yet.");
    program.type("q");
    expect((await program.ended).exitCode).toBe(0);
    expectTerminalBack(program);
  });
});
