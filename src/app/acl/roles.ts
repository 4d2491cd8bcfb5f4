import type { Role } from "./role.js";

/** What connecting takes, whichever the topology: the name of the connection, the database, the slots. AUTH and HELLO are everybody's. */
const connecting = ["ping", "client|setname", "select", "cluster|slots", "cluster|info"];

/** Looking at sessions and indexes, without changing any. */
const looking = [
  "eval_ro",
  "evalsha_ro",
  "exists",
  "get",
  "mget",
  "pexpiretime",
  "scan",
  "xrange",
  "xrevrange",
  "zcard",
  "zcount",
  "zrandmember",
  "zrange",
  "zscan",
  "zscore",
];

/** What tells how the server is, and nothing of what is in it. */
const inspecting = ["acl|whoami", "info", "time", "xinfo|stream"];

/** Ending and shortening sessions, repairing indexes, and writing that into the trail. */
const changing = ["del", "eval", "evalsha", "getdel", "pexpireat", "set", "wait", "xadd", "xtrim", "zadd", "zrem"];

/** Keys of the sessions: their shards are two characters, which `{trail}` is not. */
const sessions = (namespace: string) => `${namespace}:{??}:*`;
const trail = (namespace: string) => `${namespace}:{trail}:trail`;

/** Every role, as `sessctl acl` prints them. What each may do is tested by using it, and that it may do nothing else. */
export const roles: readonly Role[] = [
  {
    name: "application",
    about: "creates, validates, rotates and ends sessions; cannot see or change what operators did",
    keys: (namespace) => [`~${sessions(namespace)}`],
    commands: [...connecting, ...looking, ...changing.filter((command) => command !== "wait"), "zremrangebyscore"],
  },
  {
    name: "reader",
    about: "lists, shows, audits and watches sessions; changes nothing",
    keys: (namespace) => [`%R~${sessions(namespace)}`, `%R~${trail(namespace)}`],
    commands: [...connecting, ...looking, ...inspecting],
  },
  {
    name: "operator",
    about: "all that a reader does, and ends sessions and repairs indexes, which is written into the trail",
    keys: (namespace) => [`~${sessions(namespace)}`, `~${trail(namespace)}`],
    commands: [...connecting, ...looking, ...inspecting, ...changing],
  },
];
