import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// Each command as a user whom the ACL denies one of the commands of Redis that it uses. Which those are is learnt by running
// it, so that a new one is tested by being used.

let redis: TestRedis;
let store: SessionStore;
let made = 0;

beforeAll(async () => {
  redis = await startRedis();
  store = createSessionStore({ redis: redis.url });
  await newcomer();
  await sessctl(["expire", "--user", "user0", "--in", "1h", "--yes"], { url: redis.url });
});
afterAll(async () => {
  await store.close();
  await redis.stop();
});

interface Newcomer {
  readonly user: string;
  readonly id: string;
}

/** Somebody of whom there is one session of sessctl's, and of whose namesake one of connect-redis. */
async function newcomer(): Promise<Newcomer> {
  const user = `user${made++}`;
  const { session } = await store.create({ user, client: { ip: "192.0.2.1", userAgent: "curl/8" } });
  const record = { cookie: { originalMaxAge: null, expires: null }, user: `their-${user}` };
  await redis.client.set(`sess:secret-of-${user}`, JSON.stringify(record), "EX", 3600);
  return { user, id: session.id };
}

/** Lets a user of the ACL do everything but these commands. */
async function deny(user: string, ...commands: readonly string[]): Promise<void> {
  const rules = ["reset", "on", ">s3cret", "~*", "&*", "+@all", ...commands.map((command) => `-${command}`)];
  await redis.client.call("ACL", "SETUSER", user, ...rules);
}

async function runAs(name: string, args: readonly string[], { user, id }: Newcomer) {
  const url = redis.url.replace("redis+unix://", `redis+unix://${name}:s3cret@`);
  return await sessctl(
    args.map((arg) => arg.replace("ID", id).replace("USER", user)),
    // Many run at once.
    { url, env: { SESSCTL_TIMEOUT: "30s" } },
  );
}

/** What the test itself uses between two looks at the statistics, and what everybody may run. */
const ours = ["config|resetstat", "info", "auth", "hello"];

/** The commands of Redis that a command line uses, as ACL rules name them. Scripts are known by then, so that none is sent. */
async function usedBy(args: readonly string[]): Promise<readonly string[]> {
  await deny("ops");
  await runAs("ops", args, await newcomer());
  // The store that makes newcomers goes on by itself now and then: what it does is seen once, and what is used twice.
  const [once, twice] = [await usedOnce(args), await usedOnce(args)];
  return once.filter((name) => twice.includes(name) && !ours.includes(name));
}

async function usedOnce(args: readonly string[]): Promise<string[]> {
  const one = await newcomer();
  await redis.client.call("CONFIG", "RESETSTAT");
  await runAs("ops", args, one);
  const stats = await redis.client.info("commandstats");
  return [...stats.matchAll(/^cmdstat_([^:]+):calls=\d+/gm)].map(([, name = ""]) => name);
}

/** A look around for other frameworks' sessions, which is left out; and the connection's name. */
const around = ["randomkey", "client|setname"];
const servers = ["ping", "acl|list", "acl|whoami", "slowlog|get", "config|get"];

interface Case {
  readonly args: readonly string[];
  /** Commands of Redis without which it does all the same. */
  readonly without: readonly string[];
}

const cases: readonly Case[] = [
  { args: ["list"], without: ["exists", "time", ...around] },
  { args: ["list", "--layout", "connect-redis"], without: ["time", "client|setname"] },
  { args: ["show", "ID"], without: ["exists", "time", ...around] },
  // ZREM: an index that cannot be written is no reason not to end a session. TIME: a warning less.
  { args: ["revoke", "--user", "USER", "--yes"], without: ["exists", "time", "zrem", ...around] },
  {
    args: ["revoke", "--user", "their-USER", "--yes", "--layout", "connect-redis"],
    without: ["time", "client|setname"],
  },
  { args: ["expire", "ID", "--in", "1m"], without: ["exists", "time", ...around] },
  // What servers tell is for requirements of a policy: without it they are open.
  { args: ["audit"], without: ["exists", "time", ...servers, ...around] },
  { args: ["events"], without: ["exists", "time", ...around] },
  { args: ["trail"], without: ["time", "client|setname"] },
  { args: ["trail", "--verify"], without: ["client|setname"] },
  { args: ["stats"], without: ["exists", "time", ...around] },
  { args: ["doctor", "--repair"], without: ["dbsize", "client|setname"] },
  { args: ["top", "--batch", "-n", "1"], without: ["exists", "time", ...around] },
];

describe.each(cases.map((each) => [each.args.join(" "), each] as const))("%s", (_, { args, without }) => {
  test("says which command is denied, to whom, and the rule that allows it; exit 4, nothing on standard output", async () => {
    const used = await usedBy(args);
    expect(used).toEqual(expect.arrayContaining([...without]));
    const needed = used.filter((name) => !without.includes(name));
    expect(needed).not.toEqual([]);
    await Promise.all(
      needed.map(async (name) => {
        const user = `not-${name.replace("|", "-")}`;
        await deny(user, name);
        const { stdout, stderr, exitCode } = await runAs(user, args, await newcomer());
        const told = name.replaceAll("|", " ").toUpperCase();
        expect({ name, stdout, exitCode, stderr }).toEqual({
          name,
          stdout: "",
          exitCode: 4,
          stderr: expect.stringMatching(`Redis denies the user ${user} the command ${told}\\n`),
        });
        expect(stderr).toContain(`try: ACL SETUSER ${user} +${name} allows it; sessctl acl prints all rules.`);
        expect(stderr).not.toMatch(/s3cret|secret-of/);
      }),
    );
  });

  test("does without what it need not have", async () => {
    await deny("ops", ...without);
    expect(await runAs("ops", args, await newcomer())).toMatchObject({ exitCode: 0 });
  });
});

test("doctor tells what it may not know as unknown, whichever command is denied", async () => {
  const args = ["doctor", "--full", "-q"];
  const used = await usedBy(args);
  await Promise.all(
    used.map(async (name) => {
      if (["client|setname", "ping", "dbsize"].includes(name)) return;
      const user = `not-${name.replace("|", "-")}`;
      await deny(user, name);
      const { stdout, stderr, exitCode } = await runAs(user, args, await newcomer());
      // Where nobody knows what the server listens on, a default user without a password may be everybody's.
      expect({ name, stderr, exitCode }).toEqual({ name, stderr: "", exitCode: name === "config|get" ? 10 : 0 });
      expect(stdout).toMatch(new RegExp(`unknown .*${name.replaceAll("|", " ")}`, "i"));
    }),
  );
});

test("layouts tells what there can be, and why it does not tell what there is", async () => {
  await deny("ops", "scan");
  const { stdout, stderr, exitCode } = await runAs("ops", ["layouts"], await newcomer());
  expect(exitCode).toBe(0);
  expect(stdout).toContain("connect-redis");
  expect(stderr).toContain("Redis denies the user ops the command SCAN");
});
