import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startOnTerminal } from "../helpers/pty.js";
import { processesNaming } from "../helpers/processes.js";

const sessctl = path.resolve(import.meta.dirname, "../../bin/sessctl.js");

// The demo's temporary folders are made in this one, and its server's command line names it.
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(path.join(tmpdir(), "sessctl-demo-test-"));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly code: Promise<number | null>;
}

function demo(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const child = spawn(process.execPath, [sessctl, "demo", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary, ...env },
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, stdout: () => text.stdout, stderr: () => text.stderr, code };
}

/** A command that says when it runs, and runs until it is ended. */
const waiting = ["--", process.execPath, "-e", "console.log('waiting'); setInterval(() => {}, 1000)"];

/** What a demo says about the sessions that it planted as stolen. */
function plantedIn(stderr: string): readonly { readonly id: string; readonly user: string; readonly how: string }[] {
  const lines = [...stderr.matchAll(/^demo: planted ([0-9a-f]{32}) (\S+) ([a-z]+)$/gm)];
  return lines.map(([, id = "", user = "", how = ""]) => ({ id, user, how }));
}

function expectNothingLeft(): void {
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesNaming(temporary)).toEqual([]);
}

describe("sessctl demo, off a terminal", () => {
  test("goes through the tour, each command with its output, and leaves nothing behind", async () => {
    const run = demo([]);
    expect({ code: await run.code, stderr: run.stderr() }).toMatchObject({ code: 0 });
    const [stolen] = plantedIn(run.stderr());
    const id = stolen?.id.slice(0, 8);
    const parts = run
      .stdout()
      .split(/^\$ sessctl /m)
      .slice(1);
    expect(parts.map((part) => part.split("\n", 1)[0])).toEqual([
      "list --limit 10",
      `list --user ${stolen?.user}`,
      expect.stringContaining(`show ${id}`),
      "audit --anomalies",
      expect.stringMatching(new RegExp(`^revoke ${id}[0-9a-f]* --reason hijack$`)),
      "top --once",
    ]);
    for (const part of parts) expect(part.split("\n").slice(1).join("").trim()).not.toBe("");
    expect(parts[3]).toContain("hijack");
    // A pipe gets no colours, and the user agent that tries to paint the terminal does not get there.
    expect(run.stdout()).not.toContain("\u001b");
    expectNothingLeft();
  });
});

describe("sessctl demo -- COMMAND", () => {
  test("has an audit find every stolen session of the whole population, and say whose it is", async () => {
    const run = demo(["--", "audit", "--anomalies", "-o", "json"]);
    expect({ code: await run.code, stderr: run.stderr() }).toMatchObject({ code: 0 });
    const planted = plantedIn(run.stderr());
    expect(planted.length).toBeGreaterThanOrEqual(6);
    const report = JSON.parse(run.stdout()) as Report;
    expect(report.audit.sessions).toBeGreaterThanOrEqual(2000);
    const rulesOf: Readonly<Record<string, readonly string[]>> = {
      stranger: ["hijack", "flip-flop"],
      tool: ["tool-replay"],
      twin: ["flip-flop"],
      robot: ["automation-client"],
      replay: ["replayed-token"],
      stuffing: ["ip-fanout"],
      clone: [],
    };
    expect(new Set(planted.map(({ how }) => how))).toEqual(new Set(Object.keys(rulesOf)));
    const alarming = report.findings.filter(({ severity }) => ["medium", "high", "critical"].includes(severity));
    for (const { id, how } of planted) {
      const found = alarming.filter(({ sessions }) => sessions.includes(id)).map(({ rule }) => rule);
      const expected = rulesOf[how] ?? [];
      if (expected.length === 0) expect({ how, found }).toEqual({ how, found: [] });
      else expect(expected.some((rule) => found.includes(rule)) ? "found" : { how, id, found }).toBe("found");
    }
    // What is high or critical is planted, every bit of it.
    const grave = report.findings.filter(({ severity }) => severity === "high" || severity === "critical");
    const ids = new Set(planted.map(({ id }) => id));
    expect(grave.filter(({ sessions }) => !sessions.every((id) => ids.has(id)))).toEqual([]);
    expect(run.stderr()).toContain("the clone is missed by every audit");
    expectNothingLeft();
  });

  test("gives the command the way to its Redis, and the command's exit code back", async () => {
    const script = "console.log(process.env.SESSCTL_URL); process.exitCode = 7";
    const run = demo(["--users", "20", "--", process.execPath, "-e", script]);
    expect(await run.code).toBe(7);
    expect(run.stdout()).toMatch(new RegExp(`^redis\\+unix://${temporary}/`));
    expectNothingLeft();
  });

  test("says so when the command does not exist", async () => {
    const run = demo(["--users", "20", "--", "no-such-program-anywhere"]);
    expect(await run.code).toBe(2);
    expect(run.stderr()).toContain('"no-such-program-anywhere" could not be started');
    expect(run.stdout()).toBe("");
    expectNothingLeft();
  });
});

describe("sessctl demo, ended by a signal", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("clears up on %s while a command runs, which it ends", async (signal, code) => {
    const run = demo(["--users", "20", ...waiting]);
    await expect.poll(run.stdout, { timeout: 20_000 }).toContain("waiting");
    expect(processesNaming(temporary).length).toBeGreaterThan(0);
    run.child.kill(signal);
    expect(await run.code).toBe(code);
    expectNothingLeft();
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("clears up on %s while the population is being made", async (signal, code) => {
    const run = demo(waiting);
    await expect.poll(() => processesNaming(temporary).length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
    run.child.kill(signal);
    expect(await run.code).toBe(code);
    expect(run.stdout()).toBe("");
    expectNothingLeft();
  });
});

describe("npm run demo", () => {
  // npm hands some signals on and not others; whichever ends it, the demo must not go on alone.
  test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)(
    "leaves nothing behind when npm is ended by %s",
    async (signal) => {
      const npm = spawn("npm", ["run", "demo", "--", "--users", "20", ...waiting], {
        cwd: path.dirname(path.dirname(sessctl)),
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, TMPDIR: temporary },
      });
      let stdout = "";
      npm.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      await expect.poll(() => stdout, { timeout: 20_000 }).toMatch(/^waiting$/m);
      npm.kill(signal);
      await expect
        .poll(() => [readdirSync(temporary), processesNaming(temporary)], { timeout: 20_000 })
        .toEqual([[], []]);
    },
  );
});

describe("sessctl demo, on a terminal", () => {
  const start = () =>
    startOnTerminal([process.execPath, sessctl, "demo", "--users", "50"], { env: { TMPDIR: temporary } });

  test("opens the live screen on its Redis, and leaves nothing behind when that is quit", async () => {
    const program = start();
    try {
      await program.until(/sessions \d+/, 20_000);
      expect(program.screen.text()).toContain(temporary);
      program.type("q");
      expect(await program.ended).toEqual({ exitCode: 0, signal: undefined });
    } finally {
      await program.stop();
    }
    expectNothingLeft();
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("gives the terminal back and clears up on %s", async (signal, exitCode) => {
    const program = start();
    try {
      await program.until(/sessions \d+/, 20_000);
      process.kill(program.pid, signal);
      expect(await program.ended).toEqual({ exitCode, signal: undefined });
      expect(program.screen.inAlternateBuffer).toBe(false);
      expect(program.screen.cursorShown).toBe(true);
    } finally {
      await program.stop();
    }
    expectNothingLeft();
  });
});

describe("sessctl demo, where it cannot run", () => {
  test("says what to install when there is no redis-server", async () => {
    const run = demo([], { PATH: temporary });
    expect(await run.code).toBe(1);
    expect(run.stderr()).toContain("apt-get install redis-server");
    expect(run.stdout()).toBe("");
  });

  test("refuses a population that is too small to be told apart", async () => {
    const run = demo(["--users", "3"]);
    expect(await run.code).toBe(2);
    expect(run.stderr()).toContain("--users: 3 is too few");
  });
});

interface Report {
  readonly audit: { readonly sessions: number };
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly user: string | null;
    readonly sessions: readonly string[];
  }[];
}
