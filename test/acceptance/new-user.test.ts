import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DirectorySession } from "../../src/core/ports.js";
import { fill } from "../../src/demo/fill.js";
import { population } from "../../src/demo/population.js";
import { openDirectory } from "../../src/index.js";
import { program } from "../helpers/cli.js";
import { type HelpExample, helpExamples } from "../helpers/help-examples.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// Somebody who has never seen sessctl sits at a terminal and types what its help says, with names of their own.

let redis: TestRedis;
let folder: string;
/** Users with some sessions each, most of them at first; every test takes one of its own. */
let users: (readonly [user: string, sessions: readonly DirectorySession[]])[];

beforeAll(async () => {
  redis = await startRedis();
  await fill(redis.url, population({ users: 120, anonymous: 10 }));
  const directory = openDirectory({ redis: redis.url });
  const byUser = new Map<string, DirectorySession[]>();
  for await (const sessions of directory.walk()) {
    for (const session of sessions) {
      // One that ends by itself meanwhile would be missed.
      const endsAt = Math.min(session.idleEndsAt ?? 0, session.endsAt ?? 0);
      if (session.user === undefined || !/^[\w.@-]+$/.test(session.user) || endsAt < Date.now() + 600_000) continue;
      byUser.set(session.user, [...(byUser.get(session.user) ?? []), session]);
    }
  }
  users = [];
  for (const [user, sessions] of byUser) {
    if (sessions.length >= 3 && (await directory.byUser(user)).length === sessions.length) users.push([user, sessions]);
  }
  await directory.close();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-new-user-"));
  writeFileSync(path.join(folder, "sessctl"), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(path.join(folder, "sessctl"), 0o755);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

/** Types a line into a shell, and yes to every question; resolves to what was on the screen in the end. */
async function type(line: string): Promise<{ readonly screen: string; readonly exitCode: number }> {
  const shell = startOnTerminal(["/bin/sh", "-c", line], {
    columns: 120,
    rows: 60,
    env: { SESSCTL_URL: redis.url, PATH: `${folder}:${process.env["PATH"]}`, NO_COLOR: "1" },
  });
  void shell.until("[y/N]", 30_000).then(
    () => shell.type("y\r"),
    () => undefined,
  );
  const { exitCode } = await shell.ended;
  return { screen: shell.screen.text().trim(), exitCode };
}

function someUser() {
  const taken = users.pop();
  if (taken === undefined) throw new Error("the population has too few users with three sessions");
  const [user, sessions] = taken;
  return { user, ids: sessions.map(({ id }) => id) };
}

/** A line of the help with the names of this population. */
function adapted(command: string, { user, ids: [one = "", other = ""] }: ReturnType<typeof someUser>): string {
  return command
    .replaceAll(/\balice\b/g, user)
    .replaceAll("a3f09c2e", one.slice(0, 12))
    .replaceAll("77b0", other.slice(0, 12))
    .replace("2026-03-01", "2100-03-01");
}

test("find every session of one user, end all but one, look at what was done and by whom: all from the help", async () => {
  const they = someUser();
  const example = async (command: readonly string[], which: RegExp): Promise<string> => {
    const found = (await helpExamples(...command)).find(({ does }: HelpExample) => which.test(does));
    if (found === undefined) throw new Error(`the help of ${command.join(" ")} has no example of ${which}`);
    return adapted(found.command, they);
  };

  // What there is: the program's own help, where the first example is nearly the question.
  const { screen: help } = await type("sessctl --help | head -40");
  for (const command of ["list", "revoke", "trail"]) expect(help).toMatch(new RegExp(`^  ${command}[ ,]`, "m"));

  const list = await type(await example([], /sessions$/));
  expect(list.exitCode).toBe(0);
  expect(list.screen.split("\n")).toHaveLength(they.ids.length + 1);
  for (const id of they.ids) expect(list.screen).toContain(id.slice(0, 8));

  const revoke = await type(await example(["revoke"], /all of alice's but one/));
  const ended = they.ids.length - 1;
  expect(revoke.screen).toContain(`End ${ended} sessions of ${they.user}?`);
  expect(revoke.screen).toContain(`ended ${ended} sessions of 1 user`);
  expect(revoke.exitCode).toBe(0);

  const after = await type(await example([], /sessions$/));
  expect(after.screen.split("\n")).toHaveLength(2);
  expect(after.screen).toContain(they.ids[0]?.slice(0, 8));

  const trail = await type(await example(["trail"], /who/));
  const last = trail.screen.split("\n").at(-1) ?? "";
  expect(last).toMatch(new RegExp(`^ *\\d+s +\\S+@\\S+ +revoke +${ended} +--user .* ${ended} revoked$`));
  expect((await type(await example(["trail"], /nothing in it was changed/))).screen).toContain("whole");
});

const commands = ["list", "show", "revoke", "expire", "events", "trail"];
const typed = (await Promise.all(commands.map((command) => helpExamples(command)))).flat();
// What goes on until Ctrl-C has its own tests; jq need not be here; and a hash of nobody's is in no chain.
const wanted = typed.filter(({ command }) => !/--(follow|watch)|\bjq\b|\$HASH/.test(command));
// What ends sessions of anybody comes last.
const endsAnybodys = ({ command }: HelpExample) => /revoke/.test(command) && /--(active|ip)/.test(command);
const runnable = [...wanted.filter((example) => !endsAnybodys(example)), ...wanted.filter(endsAnybodys)];

test("every command's help has examples", () => {
  expect(typed.length).toBeGreaterThan(3 * commands.length);
  expect(runnable.length).toBeGreaterThan(0.7 * typed.length);
});

test.each(runnable)("$command", async ({ command, does }) => {
  expect(does).not.toBe("");
  const { screen, exitCode } = await type(adapted(command, someUser()));
  // A network or a time may have no session in this population: that is said, and no mistake.
  const nothing = /no (session|event|change) matched/.test(screen);
  expect({ screen, exitCode }).toEqual({ screen: expect.stringMatching(/\S/) as string, exitCode: nothing ? 3 : 0 });
});
