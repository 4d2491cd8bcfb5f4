import { SessctlError } from "../core/errors.js";
import { pooledRandomBytes } from "../core/random.js";
import { shards } from "../core/token.js";
import type { Clock, SessionDirectory } from "../core/ports.js";
import { type StoreOptions, storeSettings } from "../core/settings.js";
import type { AccessOptions } from "./access.js";
import { Commands } from "./commands.js";
import type { Client } from "./connect.js";
import type { Context } from "./context.js";
import { NativeDirectory } from "./directory.js";
import { keysOf } from "./keys.js";
import { RecordCodec } from "./record.js";
import { SessionReader } from "./reader.js";
import { ScriptRunner } from "./script.js";

/** Which Redis, and which namespace in it. */
export interface RedisOptions extends AccessOptions {
  /**
   * A URL (`redis://`, `redis+unix://`, `redis+sentinel://`, `redis+cluster://`, with TLS `rediss://`,
   * `rediss+sentinel://`, `rediss+cluster://`), or a client of ioredis, which stays its owner's to close. Give that client `autoResendUnfulfilledCommands: false`, or an update whose
   * reply was lost may be carried out twice.
   */
  readonly redis: string | Client;
  /** Prefix of all keys; default `sc`. */
  readonly namespace?: string;
  /** How long one command may take, in ms; default 2000. */
  readonly commandTimeoutMs?: number;
}

/** Options of a directory. */
export interface DirectoryOptions extends RedisOptions {
  /** Whether to keep trying when the connection is lost, rather than to fail for good; default `false`. */
  readonly reconnect?: boolean;
  /** Milliseconds since 1970; default the system's clock. */
  readonly clock?: Clock;
  /** How long the reason of a session's end is remembered, in ms; default 1 hour. */
  readonly tombstoneMs?: number;
}

/** Opens the sessions of a namespace for an operator. Connecting goes on in the background: the first operation tells. */
export function openDirectory(options: DirectoryOptions, reads?: Commands): SessionDirectory {
  return nativeDirectory(commandsOf(options, options.reconnect ?? false), options, reads);
}

/** The sessions of a namespace over a connection that is there; walks over all of them are over `reads`. */
export function nativeDirectory(
  commands: Commands,
  options: Omit<DirectoryOptions, "redis">,
  reads: Commands = commands,
): SessionDirectory {
  const codec = new RecordCodec({ sealer: undefined, passSealed: true });
  const context = contextOf(commands, options, options, codec);
  return new NativeDirectory(context, reads === commands ? context : contextOf(reads, options, options, codec));
}

/** What operations on the native layout work with, over a connection that is there. */
export function contextOf(
  commands: Commands,
  redis: Pick<RedisOptions, "namespace">,
  store: StoreOptions,
  codec: RecordCodec,
): Context {
  const settings = storeSettings(store, { clock: Date.now, random: pooledRandomBytes() });
  const keys = keysOf(redis.namespace ?? "sc");
  const scripts = new ScriptRunner(commands, keys);
  return {
    commands,
    keys,
    settings,
    codec,
    eventsKept: Math.ceil(settings.maxEvents / shards.length),
    scripts,
    reader: new SessionReader({ commands, keys, scripts, codec, serverKeepsTime: store.clock === undefined }),
  };
}

/** A connection with these options; `fromReplicas` has a cluster's replicas answer what changes nothing. */
export function commandsOf(redis: RedisOptions, reconnect: boolean, fromReplicas = false): Commands {
  const { username, password, db, tls } = redis;
  return new Commands(redis.redis, {
    username,
    password,
    db,
    tls,
    timeoutMs: commandTimeoutOf(redis),
    reconnect,
    fromReplicas,
  });
}

/** Longer than an hour is a mistake in the unit. */
const longestTimeoutMs = 3_600_000;

function commandTimeoutOf({ commandTimeoutMs = 2000 }: RedisOptions): number {
  if (Number.isInteger(commandTimeoutMs) && commandTimeoutMs >= 1 && commandTimeoutMs <= longestTimeoutMs) {
    return commandTimeoutMs;
  }
  throw new SessctlError(
    "invalid-argument",
    `commandTimeoutMs must be a whole number from 1 to ${longestTimeoutMs}, not ${String(commandTimeoutMs)}`,
    { hint: "It is in milliseconds; 2000 is the default." },
  );
}
