import type { AclUser, ServerReport } from "../../src/core/server.js";

/** What a test says about a server; the rest is that of one in good order. */
export interface GivenServer extends Partial<Omit<ServerReport, "info" | "config" | "cluster" | "users">> {
  readonly info?: Readonly<Record<string, string>> | "denied";
  readonly config?: Readonly<Record<string, string>> | "denied";
  readonly cluster?: Readonly<Record<string, string>>;
  readonly users?: readonly AclUser[] | "denied";
}

const denied = { known: false, why: "this user may not" } as const;

/** A user of a server: on, with a password, and without rights, unless the test says otherwise. */
export function aclUser(name: string, commands: readonly string[], given: Partial<AclUser> = {}): AclUser {
  const permissions = { commands, keys: ["~sc:*"] };
  return { name, on: true, nopass: false, passwords: 1, permissions, selectors: [], ...given };
}

/** A report on a server in good order, but for what is given. */
export function serverReport({ info, config, cluster, users, ...given }: GivenServer = {}): ServerReport {
  const known = <Value>(value: Value) => ({ known: true, value }) as const;
  const goodUsers = [aclUser("default", ["-@all"], { on: false }), aclUser("app", ["-@all", "+get"])];
  return {
    name: "cache-1:6379",
    transport: "tls",
    local: false,
    role: "master",
    info: info === "denied" ? denied : known(new Map(Object.entries({ ...goodInfo, ...info }))),
    config: config === "denied" ? denied : known(new Map(Object.entries({ ...goodConfig, ...config }))),
    user: known("app"),
    users: users === "denied" ? denied : known(users ?? goodUsers),
    time: known({ serverAt: 1_800_000_000_000, askedAt: 1_800_000_000_000, answeredAt: 1_800_000_000_002 }),
    cluster: cluster === undefined ? undefined : known(new Map(Object.entries(cluster))),
    slowCalls: known([]),
    ...given,
  };
}

/** A report on a server that tells nothing at all. */
export function silentReport(): ServerReport {
  const nothing = { user: denied, time: denied, slowCalls: denied };
  return { ...serverReport({ info: "denied", config: "denied", users: "denied", ...nothing }), cluster: denied };
}

const goodInfo = {
  redis_version: "7.4.2",
  used_memory: "536870912",
  used_memory_rss: "590000000",
  used_memory_peak: "600000000",
  mem_fragmentation_ratio: "1.10",
  maxmemory: "1073741824",
  maxmemory_policy: "noeviction",
  evicted_keys: "0",
  total_system_memory: "4294967296",
  aof_enabled: "1",
  aof_last_write_status: "ok",
  aof_last_bgrewrite_status: "ok",
  rdb_last_bgsave_status: "ok",
  rdb_last_save_time: "1799999000",
  rdb_changes_since_last_save: "17",
  role: "master",
  connected_slaves: "1",
  slave0: "ip=10.0.0.2,port=6379,state=online,offset=1000,lag=0",
  master_repl_offset: "1000",
};

const goodConfig = {
  maxmemory: "1073741824",
  "maxmemory-policy": "noeviction",
  appendonly: "yes",
  appendfsync: "everysec",
  save: "3600 1",
  port: "0",
  "tls-port": "6379",
  bind: "10.0.0.1",
  "protected-mode": "yes",
  "min-replicas-to-write": "1",
  "cluster-require-full-coverage": "no",
  "notify-keyspace-events": "",
};
