import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Verdict } from "../../src/doctor/index.js";
import { checks, diagnose } from "../../src/doctor/index.js";
import type { IndexCounts, IndexReport } from "../../src/core/indexes.js";
import type { Examined } from "../../src/doctor/diagnose.js";
import type { ServerReport } from "../../src/core/server.js";
import { aclUser, type GivenServer, serverReport, silentReport } from "../helpers/server-report.js";

const now = 1_800_000_000_000;

function verdictsOf(servers: readonly ServerReport[], id: string) {
  return diagnose(checks, { servers, namespace: "sc", now, indexes: undefined }).filter(({ check }) => check === id);
}

const everything = aclUser("default", ["+@all"], { nopass: true, permissions: { commands: ["+@all"], keys: ["~*"] } });
const admin = aclUser("admin", ["+@all"]);
const inside = { port: "6379", "tls-port": "0", bind: "127.0.0.1 -::1" };
const outside = { port: "6379", "tls-port": "0", bind: "* -::*" };
const clusterOk = { cluster_state: "ok", cluster_slots_ok: "16384" };

/** What each check says of what; one that is good and one that is not, at least. */
const cases: Readonly<Record<string, readonly (readonly [given: GivenServer, verdict: Verdict, saw: RegExp])[]>> = {
  "eviction-policy": [
    [{}, "ok", /^noeviction$/],
    [
      { config: { "maxmemory-policy": "allkeys-lru" } },
      "failure",
      /allkeys-lru: at 1\.0 GB sessions end .* cutoffs go/,
    ],
    [{ config: { "maxmemory-policy": "volatile-ttl" } }, "failure", /volatile-ttl.*users' indexes go/],
    [
      { config: { "maxmemory-policy": "allkeys-lfu" }, info: { evicted_keys: "1234" } },
      "failure",
      /1,234 keys were evicted/,
    ],
    [
      { config: { "maxmemory-policy": "allkeys-lru" }, info: { maxmemory: "0" } },
      "warning",
      /does nothing while maxmemory is 0/,
    ],
    [{ config: "denied", info: { maxmemory_policy: "volatile-lru" } }, "failure", /^volatile-lru/],
    [{ config: "denied", info: "denied" }, "unknown", /may not/],
  ],
  "memory-limit": [
    [{}, "ok", /^512 MB of 1\.0 GB in use, 50%$/],
    [{ info: { maxmemory: "0" } }, "warning", /without a limit/],
    [{ info: { used_memory: "900000000" } }, "warning", /84%/],
    [{ info: { used_memory: "1070000000" } }, "failure", /100%/],
  ],
  "memory-fragmentation": [
    [{}, "ok", /ratio 1\.1$/],
    [{ info: { mem_fragmentation_ratio: "1.80" } }, "warning", /ratio 1\.8$/],
    [{ info: { mem_fragmentation_ratio: "0.60" } }, "warning", /swapped out/],
    [{ info: { mem_fragmentation_ratio: "7.71", used_memory: "900000" } }, "ok", /too little/],
  ],
  persistence: [
    [{}, "ok", /every second/],
    [{ config: { appendfsync: "always" } }, "ok", /nothing that was acknowledged is lost/],
    [{ config: { appendfsync: "no" } }, "warning", /appendfsync no/],
    [{ config: { save: "" }, info: { aof_enabled: "0" } }, "warning", /^none: every restart ends all sessions$/],
    [{ info: { aof_enabled: "0" } }, "warning", /^snapshots only, 17 changes in the 17 min since/],
    [{ info: { aof_enabled: "0" }, config: "denied" }, "warning", /whether snapshots are made is not told/],
    [{ config: "denied" }, "ok", /how often it is written is not told/],
  ],
  "disk-writes": [
    [{}, "ok", /nothing failed/],
    [{ info: { aof_last_write_status: "err" } }, "failure", /failed to write the append-only log$/],
    [{ info: { rdb_last_bgsave_status: "err" } }, "failure", /a snapshot/],
  ],
  encryption: [
    [{}, "ok", /encrypted/],
    [{ transport: "socket", local: true }, "ok", /Unix socket/],
    [{ transport: "tcp", local: true }, "ok", /stays on this machine/],
    [{ transport: "tcp" }, "failure", /plain TCP over the network/],
  ],
  "plain-port": [
    [{}, "ok", /^not taken$/],
    [{ config: inside }, "ok", /from this machine only/],
    [{ config: outside }, "warning", /port 6379 takes them from other machines/],
    [{ config: "denied" }, "unknown", /may not/],
    [{ config: "denied", transport: "tcp" }, "warning", /this is one/],
  ],
  bind: [
    [{}, "ok", /^10\.0\.0\.1$/],
    [{ config: inside }, "ok", /^127\.0\.0\.1, ::1: this machine$/],
    [{ config: { ...inside, port: "0" } }, "ok", /no TCP port/],
    [{ config: outside }, "warning", /every interface/],
  ],
  "protected-mode": [
    [{}, "ok", /^on$/],
    [
      { config: { ...outside, "protected-mode": "no" }, users: [everything] },
      "failure",
      /default user without a password/,
    ],
    [{ config: { ...inside, "protected-mode": "no" }, users: [everything] }, "ok", /only this machine/],
    [{ config: { ...outside, "protected-mode": "no" } }, "ok", /would only matter/],
    [{ config: { ...outside, "protected-mode": "no" }, users: "denied" }, "warning", /^off$/],
  ],
  "default-user": [
    [{}, "ok", /^off$/],
    [{ users: [everything], config: outside }, "failure", /whoever reaches the server may do everything/],
    [{ users: [everything], config: inside }, "warning", /whoever is on this machine/],
    [{ users: [everything], config: "denied" }, "failure", /whoever reaches/],
    [{ users: [{ ...everything, nopass: false }] }, "warning", /one password for everybody/],
    [{ users: [aclUser("default", ["+@read"])] }, "ok", /some rights/],
    [{ users: "denied" }, "unknown", /may not/],
  ],
  "connected-user": [
    [{}, "ok", /^app, with no more/],
    [{ user: { known: true, value: "default" }, users: [everything] }, "warning", /every command and use every key/],
    [{ users: [aclUser("app", ["+@all", "-@dangerous", "+keys"])] }, "warning", /^app may run KEYS$/],
    [
      { users: [aclUser("app", ["+get"], { permissions: { commands: ["+get"], keys: ["~*"] } })] },
      "warning",
      /^app may use every key$/,
    ],
    [{ users: "denied" }, "unknown", /^app; what it may is not told/],
    [{ users: [] }, "unknown", /tells nothing/],
  ],
  "dangerous-commands": [
    [{}, "ok", /no user/],
    [{ users: [admin, aclUser("app", ["+@all", "-@dangerous"])] }, "ok", /^only admin/],
    [{ users: [everything] }, "warning", /^default may run all of them$/],
    [{ users: [admin, aclUser("app", ["+@write"])] }, "warning", /app may run FLUSHALL, FLUSHDB, SWAPDB, MIGRATE$/],
    [{ users: [{ ...everything, on: false }] }, "ok", /no user/],
    [{ users: "denied" }, "unknown", /may not/],
  ],
  version: [
    [{}, "ok", /^Redis 7\.4\.2$/],
    [{ info: { redis_version: "6.2.14" } }, "failure", /^Redis 6\.2\.14; 7\.0 is needed$/],
    [{ info: { redis_version: "7.0.15" } }, "warning", /no fixes since 2024-07-29/],
    [{ info: { redis_version: "7.2.4", valkey_version: "8.1.0" } }, "ok", /^Valkey 8\.1\.0$/],
    [{ info: { redis_version: "?" } }, "unknown", /no version/],
  ],
  "clock-skew": [
    [{}, "ok", /^1 ms behind this machine, ± 2 ms$/],
    [
      { time: { known: true, value: { serverAt: 10_000, askedAt: 7000, answeredAt: 7010 } } },
      "warning",
      /^2,995 ms ahead/,
    ],
    [
      { time: { known: true, value: { serverAt: 0, askedAt: 300_000, answeredAt: 300_000 } } },
      "failure",
      /^300,000 ms behind/,
    ],
    [{ time: { known: true, value: { serverAt: 2500, askedAt: 0, answeredAt: 5000 } } }, "unknown", /took too long/],
    // Half of what it took there and back may be all of the difference.
    [{ time: { known: true, value: { serverAt: 1900, askedAt: 0, answeredAt: 1900 } } }, "ok", /± 951 ms/],
  ],
  "slow-calls": [
    [{}, "ok", /^none/],
    [
      { slowCalls: { known: true, value: [{ at: 0, tookMs: 12.5, command: "EVALSHA", script: "revoke_user" }] } },
      "warning",
      /revoke_user with 12\.5 ms/,
    ],
    [
      { slowCalls: { known: true, value: [{ at: 0, tookMs: 90, command: "KEYS", script: undefined }] } },
      "warning",
      /KEYS is among them/,
    ],
    [
      { slowCalls: { known: true, value: [{ at: 0, tookMs: 90, command: "SUNION", script: undefined }] } },
      "ok",
      /none is a script of sessctl/,
    ],
  ],
  "keyspace-events": [
    [{}, "ok", /^off/],
    [{ config: { "notify-keyspace-events": "AKE" } }, "ok", /^on \(AKE\)/],
    [{ config: "denied" }, "unknown", /may not/],
  ],
  replication: [
    [{}, "ok", /a master with 1 replica, heard of at most 0 s ago/],
    [
      { info: { slave0: "ip=10.0.0.2,port=6379,state=wait_bgsave,offset=0,lag=0" } },
      "warning",
      /10\.0\.0\.2:6379 is wait_bgsave/,
    ],
    [
      { info: { slave0: "ip=10.0.0.2,port=6379,state=online,offset=1000,lag=40" } },
      "warning",
      /40 s and 0 bytes behind/,
    ],
    [
      { info: { slave0: "ip=10.0.0.2,port=6379,state=online,offset=0,lag=0", master_repl_offset: "9000000" } },
      "warning",
      /9000000 bytes behind/,
    ],
    [
      { role: "replica", info: { role: "slave", master_host: "10.0.0.1", master_port: "6379" } },
      "failure",
      /^a replica of 10\.0\.0\.1:6379: it takes no/,
    ],
  ],
  "min-replicas": [
    [{}, "ok", /^refused$/],
    [{ config: { "min-replicas-to-write": "0" } }, "warning", /^taken$/],
    [{ config: "denied" }, "warning", /^taken$/],
    [{ config: "denied", info: { min_slaves_good_slaves: "1" } }, "ok", /^refused$/],
    [{ config: { "min-replicas-to-write": "0" }, info: { connected_slaves: "0" } }, "ok", /no replicas/],
  ],
  "cluster-state": [
    [{ cluster: clusterOk }, "ok", /all slots served/],
    [{ cluster: { cluster_state: "fail", cluster_slots_ok: "10923" } }, "failure", /^fail, 10,923 of 16,384/],
    [{ cluster: clusterOk, config: { "cluster-require-full-coverage": "yes" } }, "warning", /full-coverage/],
  ],
};

describe.each(checks.filter(({ of }) => of === "server"))("$id", ({ id, title, why }) => {
  const own = cases[id] ?? [];

  test.each(own)("%j: %s", (given, verdict, saw) => {
    const results = verdictsOf([serverReport(given)], id);
    expect(results).toMatchObject([{ check: id, title, why, verdict, saw: expect.stringMatching(saw) }]);
    // Whoever is told of trouble is told what to do.
    expect(results[0]?.fix.length === 0).toBe(verdict === "ok" || verdict === "unknown");
  });

  it("has a good case, and another", () => {
    const verdicts = own.map(([, verdict]) => verdict);
    expect(verdicts).toContain("ok");
    expect(verdicts.some((verdict) => verdict !== "ok")).toBe(true);
  });
});

test("a server that tells nothing is unknown in all that depends on it, with the reason", () => {
  const results = diagnose(checks, { servers: [silentReport()], namespace: "sc", now, indexes: undefined });
  for (const { check, verdict, saw } of results) {
    expect({ check, verdict }).toEqual({ check, verdict: check === "encryption" ? "ok" : "unknown" });
    if (verdict === "unknown") expect(saw).toMatch(/may not/);
  }
});

test("a replica of a master that was reached too is judged by its link", () => {
  const replica = (info: Readonly<Record<string, string>>) =>
    serverReport({ name: "cache-2:6379", role: "replica", info: { role: "slave", master_host: "cache-1", ...info } });
  const verdicts = (info: Readonly<Record<string, string>>) =>
    verdictsOf([serverReport(), replica(info)], "replication").map(({ server, verdict }) => [server, verdict]);
  const ofMaster = ["cache-1:6379", "ok"];
  expect(verdicts({ master_link_status: "up", master_last_io_seconds_ago: "1" })).toEqual([
    ofMaster,
    ["cache-2:6379", "ok"],
  ]);
  expect(verdicts({ master_link_status: "up", master_last_io_seconds_ago: "40" })).toEqual([
    ofMaster,
    ["cache-2:6379", "warning"],
  ]);
  expect(verdicts({ master_link_status: "down" })).toEqual([ofMaster, ["cache-2:6379", "failure"]]);
  // What only a master decides is not asked of it.
  expect(verdictsOf([replica({})], "min-replicas")).toEqual([]);
});

test("whatever a server says, no check throws", () => {
  const { info, config, cluster } = { info: serverReport().info, config: serverReport().config, cluster: clusterOk };
  const names = [info, config].flatMap((reading) => (reading.known ? [...reading.value.keys()] : []));
  const odd = fc.oneof(fc.string(), fc.constantFrom("", "-1", "1e999", "NaN", "0x10", "ip=,port", ",,,=", "\u001b[2J"));
  const fields = fc.dictionary(fc.constantFrom(...names, ...Object.keys(cluster), "slave0", "slave1"), odd);
  const rules = fc.array(
    fc.oneof(fc.constantFrom("+@all", "-@all", "allcommands", "+", "-", "", "+config|", "~"), fc.string()),
  );
  fc.assert(
    fc.property(fields, fields, fields, rules, fc.double(), (info, config, cluster, commands, at) => {
      const users = [aclUser("default", commands), aclUser("app", commands)];
      const time = { known: true, value: { serverAt: at, askedAt: 0, answeredAt: at } } as const;
      const results = diagnose(checks, {
        servers: [serverReport({ info, config, cluster, users, time })],
        namespace: "sc",
        now,
        indexes: undefined,
      });
      expect(results.length).toBeGreaterThan(10);
      for (const { saw } of results) expect(saw).not.toMatch(/undefined|NaN bytes|\[object/);
    }),
  );
});

/** What is said of indexes of which so much was found. */
const indexCases: Readonly<
  Record<string, readonly (readonly [found: Partial<IndexCounts>, verdict: Verdict, saw: RegExp])[]>
> = {
  "index-missing": [
    [{}, "ok", /^none of 2,000 sessions looked at$/],
    [{ sessions: 0 }, "ok", /^there are no sessions$/],
    [
      { missingUser: 3 },
      "failure",
      /^3 of 2,000 sessions looked at \(--full looks at all\): missing are 3 in their user's$/,
    ],
    [{ missingLive: 2, missingFlag: 1 }, "failure", /2 in live, 1 in flagged$/],
    [{ missingFlag: 1 }, "warning", /1 in flagged$/],
  ],
  "index-scores": [
    [{}, "ok", /^none/],
    [{ wrongScores: 1 }, "warning", /^1 of 2,000/],
  ],
  "index-entries": [
    [{ deadLive: 100, deadUser: 20, deadFlagged: 3 }, "ok", /^123 of 5,000 entries looked at$/],
    [{ deadLive: 4000 }, "warning", /^4,000 of 5,000/],
    [{ deadLive: 90, entries: 100 }, "ok", /^90 of 100/],
  ],
  "sessions-over": [
    [{}, "ok", /^none/],
    [{ over: 100 }, "ok", /^100 of 2,000/],
    [{ over: 1900 }, "warning", /^1,900 of 2,000/],
  ],
  "corrupt-records": [
    [{}, "ok", /^none/],
    [{ corrupt: 1 }, "warning", /^1 of 2,000/],
  ],
  "stray-keys": [
    [{}, "ok", /^none$/],
    [{ strayKeys: 2 }, "warning", /^2 that nobody looks for, such as sc:notes$/],
    [{ wrongTypes: 1 }, "failure", /^1 where an index belongs, of another type, such as sc:notes$/],
  ],
};

describe.each(checks.filter(({ of }) => of === "indexes"))("$id", ({ id, title, why }) => {
  const resultOf = (indexes: Examined["indexes"]) =>
    diagnose(checks, { servers: [], namespace: "sc", now, indexes }).filter(({ check }) => check === id);

  test.each(indexCases[id] ?? [])("%j: %s", (found, verdict, saw) => {
    const results = resultOf({ known: true, value: indexReport(found) });
    expect(results).toMatchObject([{ title, why, server: undefined, verdict, saw: expect.stringMatching(saw) }]);
    expect(results[0]?.fix.length === 0).toBe(verdict === "ok");
  });

  it("has a good case, and another", () => {
    const verdicts = (indexCases[id] ?? []).map(([, verdict]) => verdict);
    expect(verdicts).toContain("ok");
    expect(verdicts.some((verdict) => verdict !== "ok")).toBe(true);
  });

  it("is unknown where the indexes cannot be read, and left out where there are none", () => {
    expect(resultOf({ known: false, why: "denied" })).toMatchObject([{ verdict: "unknown", saw: "denied" }]);
    expect(resultOf(undefined)).toEqual([]);
  });
});

function indexReport(found: Partial<IndexCounts>): IndexReport {
  const nothing = {
    missingLive: 0,
    missingUser: 0,
    missingFlag: 0,
    wrongScores: 0,
    deadLive: 0,
    deadUser: 0,
    deadFlagged: 0,
  };
  const rest = { over: 0, corrupt: 0, strayKeys: 0, wrongTypes: 0, conflicts: 0 };
  return {
    scope: "sample",
    stopped: false,
    counts: { sessions: 2000, entries: 5000, ...nothing, ...rest, ...found },
    examples: { missing: [], corrupt: ["a3f09c2e".padEnd(32, "0")], keys: ["sc:notes"] },
  };
}
