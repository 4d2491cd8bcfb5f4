import { SessctlError } from "../core/errors.js";
import { targetOf } from "./access.js";
import type { Commands } from "./commands.js";
import { commandsOf, type DirectoryOptions } from "./open.js";

/** A connection for what may be a moment old, and what to know about it. */
export interface Reads {
  readonly commands: Commands;
  /** Which replicas, and how far behind they are, for people. */
  readonly told: string;
}

/** A replica as its master sees it: a line `slave0:ip=…,port=…,state=…,offset=…,lag=…` of INFO. */
interface Follower {
  readonly host: string;
  readonly port: number;
  /** Bytes that it has not confirmed. */
  readonly behindBytes: number;
  /** Seconds since it was heard of. */
  readonly silentSeconds: number;
}

/** Less than this is what a healthy replica has on its way; the same limits as doctor's. */
const tellBytes = 1_000_000;
const tellSeconds = 10;

/**
 * Opens replicas for reading: of a single server or a sentinel's master the one that is least behind, in a cluster one of
 * each master that has any. `unavailable` when there is none that follows.
 */
export async function openReads(options: Omit<DirectoryOptions, "redis"> & { readonly redis: string }): Promise<Reads> {
  const master = commandsOf(options, false);
  try {
    const infos = await master.infos(["replication"]);
    const chosen = infos.map((info) => nearest(followersIn(info)));
    if (!chosen.some((follower) => follower !== undefined)) throw noReplica(infos);
    const target = targetOf(options.redis, options);
    if (target.kind === "cluster") {
      const without = chosen.filter((follower) => follower === undefined).length;
      const rest = without === 0 ? [] : [`${without} of ${chosen.length} masters have none and are read themselves`];
      const worst = chosen.filter((follower) => follower !== undefined).flatMap((follower) => warnings(follower));
      const told = ["reading from the cluster's replicas", ...rest, ...worst].join("; ");
      // A cluster tells its clients later of a replica than the master knows it.
      if (!(await master.nodes()).some(({ role }) => role === "replica")) throw noReplica(infos);
      return { commands: commandsOf(options, options.reconnect ?? false, true), told };
    }
    const [follower] = chosen;
    if (follower === undefined) throw noReplica(infos);
    const { username, password, db } = target;
    const place = `${follower.host.includes(":") ? `[${follower.host}]` : follower.host}:${follower.port}`;
    const tls = target.kind !== "unix" && target.tls;
    const redis = `${tls ? "rediss" : "redis"}://${place}`;
    const commands = commandsOf({ ...options, redis, username, password, db }, options.reconnect ?? false);
    const told = [`reading from the replica ${place}`, ...warnings(follower)].join("; ");
    return await serving(commands, place, told);
  } finally {
    master.close();
  }
}

/** Makes sure that the replica answers, and with what its master has. */
async function serving(commands: Commands, place: string, told: string): Promise<Reads> {
  try {
    const [info = ""] = await commands.infos(["replication"]);
    const [persistence = ""] = await commands.infos(["persistence"]);
    if (fieldIn(persistence, "loading") === "1") throw notServing(`the replica ${place} is loading its data`);
    if (fieldIn(info, "master_sync_in_progress") === "1")
      throw notServing(`the replica ${place} is being given its master's data`);
    if (fieldIn(info, "role") !== "slave") throw notServing(`${place} is no longer a replica`);
    return { commands, told };
  } catch (error) {
    commands.close();
    if (error instanceof SessctlError && error.code === "unreachable")
      throw new SessctlError("unreachable", `the replica ${place}, as its master names it: ${error.message}`, {
        hint: "Set replica-announce-ip there to an address that can be reached from here, or leave --replica out.",
        cause: error,
      });
    throw error;
  }
}

function notServing(what: string): SessctlError {
  return new SessctlError("unavailable", what, { hint: "Wait, or leave --replica out." });
}

function noReplica(infos: readonly string[]): SessctlError {
  if (infos.some((info) => fieldIn(info, "role") === "slave")) {
    const hint = "Give the master's URL: its replica is found through it, and changes go to it.";
    return new SessctlError("unavailable", "this Redis is itself a replica", { hint });
  }
  const loading = infos.some((info) => /^slave\d+:/m.test(info));
  const what = loading ? "no replica is ready to be read: they are being given the data" : "this Redis has no replica";
  return new SessctlError("unavailable", what, { hint: "Leave --replica out to read from the master." });
}

function followersIn(info: string): readonly Follower[] {
  const written = Number(fieldIn(info, "master_repl_offset"));
  return [...info.matchAll(/^slave\d+:(.*?)\r?$/gm)].flatMap(([, line = ""]) => {
    const fields = new Map(line.split(",").map((part) => part.split("=", 2) as [string, string]));
    const host = fields.get("ip");
    if (host === undefined || fields.get("state") !== "online") return [];
    const behindBytes = Math.max(0, written - Number(fields.get("offset")));
    return { host, port: Number(fields.get("port")), behindBytes, silentSeconds: Number(fields.get("lag")) };
  });
}

function nearest(followers: readonly Follower[]): Follower | undefined {
  return followers.toSorted((a, b) => a.behindBytes - b.behindBytes || a.silentSeconds - b.silentSeconds)[0];
}

function warnings({ host, port, behindBytes, silentSeconds }: Follower): readonly string[] {
  const parts = [
    ...(behindBytes > tellBytes ? [`${(behindBytes / 1e6).toFixed(1)} MB`] : []),
    ...(silentSeconds > tellSeconds ? [`${silentSeconds} s`] : []),
  ];
  return parts.length === 0 ? [] : [`${host}:${port} is ${parts.join(" and ")} behind: newer sessions are not told`];
}

function fieldIn(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1];
}
