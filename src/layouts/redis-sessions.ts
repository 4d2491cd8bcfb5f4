import { isJsonObject, readJson } from "./formats/json.js";
import { UndecodableError } from "./formats/plain.js";
import type { Layout, Stored } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

/** An application's name, then 55 letters and digits, a Z, and the time of creation in base 36. */
const rest = /^[\w-]{3,20}:[A-Za-z0-9]{55}Z[0-9a-z]{8,9}$/;

/**
 * What redis-sessions 4 writes: HASH `rs:<app>:<token>` of `id` (the user), `ip`, `la` (last activity, s), `ttl` (s), `d`
 * (JSON), `r` and `w` (counters), `no_resave`. No key has a TTL: a timer removes what is over. A session is also in the
 * SET `rs:<app>:us:<id>`, in the ZSETs `rs:<app>:_sessions` and `rs:SESSIONS`, and its user in `rs:<app>:_users`.
 * Processes with a cache drop a session when its name comes on the channel `rs:cache`.
 */
export const redisSessions: Layout = {
  name: "redis-sessions",
  title: "redis-sessions",
  type: "hash",
  keys: {
    prefix: "rs:",
    glob: "*:*",
    isSession: (name) => rest.test(name),
    usualRest: /[\w-]{3,20}:[A-Za-z0-9]{55}Z[0-9a-z]{8,9}$/,
  },
  capabilities: { ...walkedCapabilities, created: true, lastSeen: "exact", expire: "lasting" },
  notes: [
    "The user agent is not kept unless the application puts it in the session's data: --map ua=….",
    "Last activity is told to the second.",
  ],
  guesses: { ua: ["ua", "userAgent"] },
  decode(stored) {
    const { fields } = stored;
    const user = textOf(fields.get("id"));
    // What a late request leaves of a session that is gone has counters only.
    if (user === undefined) return undefined;
    const seen = secondsOf(fields.get("la"));
    const ttl = secondsOf(fields.get("ttl"));
    const created = Number.parseInt(stored.rest.slice(stored.rest.lastIndexOf("Z") + 1), 36);
    const d = fields.get("d");
    const data = d === undefined ? {} : readJson(d);
    if (!isJsonObject(data)) throw new UndecodableError("its data is no object");
    return {
      user,
      ip: textOf(fields.get("ip")),
      createdAt: created,
      lastSeenAt: seen * 1000,
      // It is over when it was idle for longer than so many whole seconds.
      idleEndsAt: (seen + ttl + 1) * 1000,
      data,
    };
  },
  belongings({ prefix, rest: name, fields }: Stored) {
    const [app = "", token = ""] = name.split(":");
    const user = textOf(fields.get("id")) ?? "";
    const users = `${prefix}${app}:us:${user}`;
    return [
      { do: "remove-from-sorted-set", key: `${prefix}${app}:_sessions`, member: Buffer.from(`${token}:${user}`) },
      { do: "remove-from-set", key: users, member: Buffer.from(token) },
      { do: "remove-from-sorted-set", key: `${prefix}SESSIONS`, member: Buffer.from(`${app}:${token}:${user}`) },
      { do: "remove-from-sorted-set", key: `${prefix}${app}:_users`, member: Buffer.from(user), unlessKey: users },
      { do: "publish", key: `${prefix}cache`, message: `${app}:${token}` },
    ];
  },
};

function textOf(bytes: Buffer | undefined): string | undefined {
  return bytes === undefined || bytes.length === 0 ? undefined : bytes.toString("utf8");
}

function secondsOf(bytes: Buffer | undefined): number {
  const text = textOf(bytes) ?? "";
  if (!/^\d{1,12}$/.test(text)) throw new UndecodableError("a time in it is no number");
  return Number(text);
}
