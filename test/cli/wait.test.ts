import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { type ReplicatedRedis, startReplicated } from "../helpers/replica.js";

let redis: ReplicatedRedis;
let sessions: SessionStore;

beforeAll(async () => {
  redis = await startReplicated();
  sessions = createSessionStore({ redis: redis.master.url });
});

afterAll(async () => {
  await sessions.close();
  await redis.stop();
});

const run = (...args: string[]) => sessctl([...args, "--timeout", "1s"], { url: redis.master.url });
const create = async () => (await sessions.create({ user: "alice" })).session.id;
const there = async () => (await sessions.listUser("alice")).length;

test("a replica that follows confirms, and has it", async () => {
  const id = await create();
  expect(await run("revoke", id, "--wait", "1")).toMatchObject({ stderr: "1 replica confirmed it\n", exitCode: 0 });
  expect(await redis.replica.client.exists(`sc:{${id.slice(0, 2)}}:session:${id}`)).toBe(0);
  expect(await redis.replica.client.xlen("sc:{trail}:trail")).toBeGreaterThan(0);
  const later = await create();
  expect(await run("expire", later, "--in", "1h", "--wait", "1", "-q")).toMatchObject({ stderr: "", exitCode: 0 });
  await run("revoke", later);
});

test("more than there are: it is done, who confirmed is said, and exit 5", async () => {
  const { stdout, stderr, exitCode } = await run("revoke", await create(), "--wait", "2");
  expect(stdout).toMatch(/^ended /);
  expect(stderr).toBe("only 1 of 2 replicas confirmed it within 1s: it is done, and a failover now may undo it\n");
  expect(exitCode).toBe(5);
  expect(await there()).toBe(0);
});

test("a replica that hangs does not confirm: the same", async () => {
  const id = await create();
  process.kill(redis.replica.pid, "SIGSTOP");
  try {
    const { stdout, stderr, exitCode } = await run("revoke", id, "--wait", "1");
    expect(stdout).toMatch(/^ended /);
    expect(stderr).toContain("only 0 of 1 replicas confirmed it within 1s");
    expect(exitCode).toBe(5);
  } finally {
    process.kill(redis.replica.pid, "SIGCONT");
  }
  expect(await there()).toBe(0);
});

test("Ctrl-C ends the waiting: it is done, and that nobody knows who has it is said", async () => {
  const id = await create();
  const before = await redis.master.client.xlen("sc:{trail}:trail");
  let pid = 0;
  const waiting = sessctl(["revoke", id, "--wait", "2", "--timeout", "1h"], {
    url: redis.master.url,
    onStart: (started) => (pid = started),
  });
  const blocked = async () => (await redis.master.client.info("clients")).includes("blocked_clients:1");
  await expect.poll(blocked, { timeout: 20_000 }).toBe(true);
  expect(await redis.master.client.xlen("sc:{trail}:trail")).toBe(before + 2);
  process.kill(pid, "SIGINT");
  const { stdout, stderr, exitCode } = await waiting;
  expect(stdout).toMatch(/^ended /);
  expect({ stderr, exitCode }).toEqual({
    stderr: "interrupted: it is done, and whether replicas have it is not known\n",
    exitCode: 130,
  });
});

test("where nothing was changed nothing is waited for", async () => {
  await redis.master.client.call("ACL", "SETUSER", "weak", "reset", "on", ">pw", "~*", "+@all", "-getdel");
  const url = redis.master.url.replace("redis+unix://", "redis+unix://weak:pw@");
  const id = await create();
  const { stderr, exitCode } = await sessctl(["revoke", id, "--wait", "2", "--timeout", "1h"], { url });
  expect(exitCode).toBe(4);
  expect(stderr).toContain("failed: Redis denies the user weak the command GETDEL\n");
  expect(stderr).not.toContain("replica");
  await run("revoke", id);
});

test.each(["0", "-1", "one", "1.5", "1000", ""])(
  "--wait %j is a usage error, and nothing is changed",
  async (count) => {
    const id = await create();
    const { stdout, stderr, exitCode } = await run("revoke", id, `--wait=${count}`);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain("is not a number of replicas");
    expect(await there()).toBe(1);
    await run("revoke", id);
  },
);
