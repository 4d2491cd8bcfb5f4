import type { AclPermissions, AclUser } from "../core/server.js";

/** A command that no application of sessions needs, and that harms all of them. */
interface Dangerous {
  /** In capitals, as people know it. */
  readonly name: string;
  /** As ACL rules name it, with the subcommand that matters. */
  readonly rule: string;
  /** The ACL categories that it is in. */
  readonly categories: readonly string[];
}

const admin = ["admin", "slow", "dangerous"];

const dangerous: readonly Dangerous[] = [
  { name: "FLUSHALL", rule: "flushall", categories: ["keyspace", "write", "slow", "dangerous"] },
  { name: "FLUSHDB", rule: "flushdb", categories: ["keyspace", "write", "slow", "dangerous"] },
  { name: "SWAPDB", rule: "swapdb", categories: ["keyspace", "write", "fast", "dangerous"] },
  { name: "KEYS", rule: "keys", categories: ["keyspace", "read", "slow", "dangerous"] },
  { name: "MIGRATE", rule: "migrate", categories: ["keyspace", "write", "slow", "dangerous"] },
  { name: "CONFIG SET", rule: "config|set", categories: admin },
  { name: "ACL SETUSER", rule: "acl|setuser", categories: admin },
  { name: "DEBUG", rule: "debug", categories: admin },
  { name: "MODULE LOAD", rule: "module|load", categories: admin },
  { name: "MONITOR", rule: "monitor", categories: admin },
  { name: "REPLICAOF", rule: "replicaof", categories: admin },
  { name: "SHUTDOWN", rule: "shutdown", categories: admin },
];

/** The dangerous commands that a user may run, in capitals. */
export function dangers(user: AclUser): readonly string[] {
  return dangerous.filter((command) => may(user, command)).map(({ name }) => name);
}

/** Whether a user may run every one of them. */
export function mayEverything(user: AclUser): boolean {
  return dangers(user).length === dangerous.length;
}

/** Whether a user may read and write every key there is. */
export function everyKey(user: AclUser): boolean {
  return [user.permissions, ...user.selectors].some(({ keys }) =>
    keys.some((key) => ["~*", "allkeys", "%RW~*", "%WR~*"].includes(key)),
  );
}

function may({ permissions, selectors }: AclUser, command: Dangerous): boolean {
  return [permissions, ...selectors].some(({ commands }) => allows(commands, command));
}

/** What the rules come to for a command: each overrules those before it. */
function allows(rules: AclPermissions["commands"], { rule, categories }: Dangerous): boolean {
  const [command = ""] = rule.split("|");
  const names = new Set(["@all", command, rule, ...categories.map((category) => `@${category}`)]);
  let allowed = false;
  for (const text of rules) {
    const plain = text.toLowerCase();
    if (plain === "allcommands") allowed = true;
    else if (plain === "nocommands") allowed = false;
    else if (names.has(plain.slice(1))) allowed = plain.startsWith("+");
  }
  return allowed;
}
