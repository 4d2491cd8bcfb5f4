import type { AclPermissions, AclUser, ServerTime, SlowCall } from "../../core/server.js";
import type { Reply } from "../commands.js";

/** The fields of `INFO` or `CLUSTER INFO`, each line a name, a colon and a value; what is no such line is passed over. */
export function parseFields(reply: Reply): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of textOf(reply).split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0 && !line.startsWith("#")) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}

/** The parameters of several `CONFIG GET`s, each reply a flat list of names and values. */
export function parseConfig(replies: readonly Reply[]): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const reply of replies) {
    const flat = Array.isArray(reply) ? reply.flat() : [];
    for (let n = 0; n + 1 < flat.length; n += 2) parameters.set(textOf(flat[n]).toLowerCase(), textOf(flat[n + 1]));
  }
  return parameters;
}

/** The users of `ACL LIST`; a line that is none is passed over. */
export function parseUsers(reply: Reply): readonly AclUser[] {
  return (Array.isArray(reply) ? reply : []).flatMap((line) => {
    const user = parseUser(textOf(line));
    return user === undefined ? [] : [user];
  });
}

function parseUser(line: string): AclUser | undefined {
  // Selectors stand in parentheses; neither a command nor a key pattern of Redis holds a blank.
  const selectors = [...line.matchAll(/(?<=^| )\(([^)]*)\)(?= |$)/g)].map((match) =>
    permissionsOf(words(match[1] ?? "")),
  );
  const [kind, name, ...rules] = words(line.replaceAll(/(?<=^| )\([^)]*\)(?= |$)/g, ""));
  if (kind !== "user" || name === undefined) return undefined;
  return {
    name,
    on: rules.includes("on"),
    nopass: rules.includes("nopass"),
    passwords: rules.filter((rule) => rule.startsWith("#")).length,
    permissions: permissionsOf(rules),
    selectors,
  };
}

function permissionsOf(rules: readonly string[]): AclPermissions {
  return {
    commands: rules.filter((rule) => /^[+-]|^(all|no)commands$/.test(rule)),
    keys: rules.filter((rule) => /^[~%]|^allkeys$/.test(rule)),
  };
}

/** The clock of `TIME`: seconds and microseconds; `undefined` for anything else. */
export function parseTime(reply: Reply, askedAt: number, answeredAt: number): ServerTime | undefined {
  const [seconds, micros] = Array.isArray(reply) ? reply.map(Number) : [];
  const serverAt = (seconds ?? Number.NaN) * 1000 + Math.floor((micros ?? Number.NaN) / 1000);
  return Number.isSafeInteger(serverAt) ? { serverAt, askedAt, answeredAt } : undefined;
}

/** The calls of `SLOWLOG GET`; `scripts` are the names of ours by their hash. */
export function parseSlowCalls(reply: Reply, scripts: ReadonlyMap<string, string>): readonly SlowCall[] {
  return (Array.isArray(reply) ? reply : []).flatMap((entry) => {
    const [, seconds, micros, words] = Array.isArray(entry) ? entry : [];
    const [command, first] = Array.isArray(words) ? words.map(textOf) : [];
    if (command === undefined || !Number.isFinite(Number(seconds)) || !Number.isFinite(Number(micros))) return [];
    return [
      {
        at: Number(seconds) * 1000,
        tookMs: Number(micros) / 1000,
        command: command.toUpperCase(),
        script: scripts.get(first ?? ""),
      },
    ];
  });
}

function words(text: string): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}

function textOf(reply: Reply | undefined): string {
  return typeof reply === "string" || typeof reply === "number" ? String(reply) : "";
}
