import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// How many sessions a user may have: what a store's limit did, and what a policy says where there was none.

const day = 86_400_000;
let redis: TestRedis;
let folder: string;
const idsOfBob: string[] = [];

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-limits-"));
  const now = Date.now();
  const times = { now };
  const clock = () => times.now;
  const lifetime = { idleMs: 7 * day, absoluteMs: 30 * day };
  const limited = createSessionStore({ redis: redis.url, clock, ...lifetime, maxPerUser: 2 });
  // Alice logs in five times within minutes: the limit ends three sessions. Carol's three are ended a day apart.
  for (const [user, agesInMinutes] of [
    ["alice", [50, 48, 46, 44, 42]],
    ["carol", [6000, 4500, 3000, 1500, 30]],
  ] as const) {
    for (const age of agesInMinutes) {
      times.now = now - age * 60_000;
      await limited.create({ user });
    }
  }
  await limited.close();
  const unlimited = createSessionStore({ redis: redis.url, clock, ...lifetime });
  for (const age of [900, 600, 300, 10]) {
    times.now = now - age * 60_000;
    idsOfBob.push((await unlimited.create({ user: "bob" })).session.id);
  }
  await unlimited.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

const audit = (...args: string[]) => sessctl(["audit", ...args], { url: redis.url });

test("whose sessions a store's limit keeps ending is found by what the store told, and by its events alone", async () => {
  for (const recent of [[], ["--recent", "2h"]]) {
    const { stdout, stderr } = await audit("--rule", "concurrent-excess", ...recent, "-o", "json");
    expect({ recent, stderr, report: JSON.parse(stdout) as unknown }).toMatchObject({
      stderr: "",
      report: {
        findings: [
          {
            rule: "concurrent-excess",
            severity: "medium",
            user: "alice",
            sessions: [expect.any(String), expect.any(String)],
            evidence: { live: 2, burst: null, endedByLimit: { sessions: 3, withinMs: 4 * 60_000 } },
          },
        ],
      },
    });
  }
});

test("a policy's maxPerUser is violated by the oldest sessions beyond it, which can be ended", async () => {
  const file = path.join(folder, "ours.json");
  writeFileSync(file, JSON.stringify({ name: "ours", requirements: ["ASVS 7.1.2"], maxPerUser: 3 }));
  const { stdout } = await audit("--policy", file, "-o", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    policy: {
      requirements: [
        {
          requirement: "ASVS 7.1.2",
          state: "violated",
          count: 1,
          sessions: [idsOfBob[0]],
          evidence: { mostOfAUser: 4, maxPerUser: 3 },
        },
      ],
    },
  });
  expect((await audit("--policy", file, "-o", "id")).stdout).toBe(`${idsOfBob[0]}\n`);
  writeFileSync(file, JSON.stringify({ name: "ours", requirements: ["ASVS 7.1.2"], maxPerUser: 4 }));
  expect((await audit("--policy", file, "--fail-on", "info")).exitCode).toBe(0);
});
