import type { Place, Role } from "./role.js";

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
  "zmscore",
  "zrandmember",
  "zrange",
  "zscan",
  "zscore",
];

/** What tells how the server is, and nothing of what is in it. */
const inspecting = ["acl|whoami", "dbsize", "info", "time", "xinfo|stream"];

/** Ending and shortening sessions, repairing indexes, and writing that into the trail. */
const changing = ["del", "eval", "evalsha", "getdel", "pexpireat", "set", "wait", "xadd", "xtrim", "zadd", "zrem"];

/** Keys of the sessions: their shards are two characters, which `{trail}` is not. */
const sessions = ({ namespace }: Place) => `${namespace}:{??}:*`;
const trail = ({ namespace }: Place) => `${namespace}:{trail}:trail`;

/** Every role where sessions are sessctl's own, as `sessctl acl` prints them. What each may do is tested by using it, and that it may do nothing else. */
export const roles: readonly Role[] = [
  {
    name: "application",
    about: "creates, validates, rotates and ends sessions; cannot see or change what operators did",
    keys: (place) => [`~${sessions(place)}`],
    commands: [...connecting, ...looking, ...changing.filter((command) => command !== "wait"), "zremrangebyscore"],
  },
  {
    name: "reader",
    about: "lists, shows, audits and watches sessions; changes nothing",
    keys: (place) => [`%R~${sessions(place)}`, `%R~${trail(place)}`],
    commands: [...connecting, ...looking, ...inspecting],
  },
  {
    name: "operator",
    about: "all that a reader does, and ends sessions and repairs indexes, which is written into the trail",
    keys: (place) => [`~${sessions(place)}`, `~${trail(place)}`],
    commands: [...connecting, ...looking, ...inspecting, ...changing],
  },
];

const foreignLooking = [
  "eval_ro",
  "evalsha_ro",
  "exists",
  "get",
  "hgetall",
  "hkeys",
  "hlen",
  "hstrlen",
  "pexpiretime",
  "scan",
  "smembers",
  "strlen",
  "type",
];
const trailWriting = ["eval", "evalsha", "wait", "xadd", "xrange", "xrevrange", "xtrim"];
const foreignChanging = ["hset", "pexpireat", "publish", "set", "srem", "unlink", "zrem"];

/** Every role where sessions are another framework's: its application is the framework's own affair. */
export const foreignRoles: readonly Role[] = [
  {
    name: "reader",
    about: "lists, shows, audits and watches sessions; changes nothing",
    keys: (place) => foreignKeys("%R~", place),
    commands: [...connecting, ...foreignLooking, ...inspecting, "xrange", "xrevrange"],
  },
  {
    name: "operator",
    about: "all that a reader does, and ends sessions, which is written into the trail",
    keys: (place) => foreignKeys("~", place),
    // Spring's applications are told of an end by a message.
    channels: ({ prefix }) => [`&${globOf(prefix)}`],
    commands: [...connecting, ...foreignLooking, ...inspecting, ...trailWriting, ...foreignChanging],
  },
];

function foreignKeys(rule: "~" | "%R~", place: Place): readonly string[] {
  // Keys without a prefix may be any, the trail among them; Redis takes no rule beside that one.
  return place.prefix === "" ? [`${rule}*`] : [`${rule}${globOf(place.prefix)}`, `${rule}${trail(place)}`];
}

/** A pattern of all that begins with a text, in which nothing stands for anything else. */
function globOf(prefix: string): string {
  return `${prefix.replaceAll(/[*?[\]\\]/g, String.raw`\$&`)}*`;
}
