import { SessctlError } from "../core/errors.js";
import type { ClientReader } from "../core/binding.js";
import { pooledRandomBytes } from "../core/random.js";
import { KnownSessions } from "./known-sessions.js";
import { shards } from "../core/token.js";
import type { Clock, SessionDirectory, SessionStore, Trail } from "../core/ports.js";
import type { IndexKeeper } from "../core/indexes.js";
import type { ServerInspector } from "../core/server.js";
import { type StoreOptions, storeSettings } from "../core/settings.js";
import type { AccessOptions } from "./access.js";
import { Commands } from "./commands.js";
import type { Client } from "./connect.js";
import type { Context } from "./context.js";
import { NativeDirectory } from "./directory.js";
import { NativeIndexKeeper } from "./indexes/keeper.js";
import { RedisInspector } from "./inspector/inspector.js";
import { keysOf } from "./keys.js";
import { LiveIndex } from "./live-index.js";
import type { Pace } from "./pace.js";
import { RecordCodec } from "./record.js";
import { SessionReader } from "./reader.js";
import { Roller } from "./roller.js";
import { ScriptRunner } from "./script.js";
import { type SealKey, Sealer } from "./sealer.js";
import { RedisSessionStore } from "./store.js";
import { Throttle } from "./throttle.js";
import { RedisTrail } from "./trail.js";
import { Validator } from "./validator.js";

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

/** Options of a store that only one in Redis has. */
export interface SealOptions {
  /** Keys of 32 bytes that seal sessions' data at rest (AES-256-GCM): the first writes, all read. Default: the data is kept as it is. */
  readonly sealKeys?: readonly SealKey[];
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

/** Opens the sessions of a namespace for an application. Connecting goes on in the background: the first operation tells. */
export function openStore(options: RedisOptions & StoreOptions & SealOptions, clients: ClientReader): SessionStore {
  const sealer = options.sealKeys === undefined ? undefined : new Sealer(options.sealKeys);
  const context = contextOf(
    commandsOf(options, true),
    options,
    options,
    new RecordCodec({ sealer, passSealed: false }),
  );
  const { commands, keys, settings, scripts, codec } = context;
  // By the system's clock Redis lets go of a session just when its idle window ends. By another one it does not.
  const serverKeepsTime = options.clock === undefined;
  const validator = new Validator({ commands, keys, scripts, codec, clock: settings.clock, serverKeepsTime });
  return new RedisSessionStore({
    ...context,
    validator,
    roller: new Roller(commands, scripts, { everyRequest: !serverKeepsTime }),
    live: new LiveIndex(commands, keys, scripts),
    known: serverKeepsTime ? new KnownSessions() : undefined,
    clients,
    reports: new Throttle(),
  });
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

/** Opens the trail of a namespace's operators. It has a connection of its own, since the sessions may be another framework's, and makes it when it is first used. */
export function openTrail(options: Omit<DirectoryOptions, "tombstoneMs">): Trail {
  const { clock = Date.now, reconnect = false } = options;
  const keys = keysOf(options.namespace ?? "sc");
  const connect = () => {
    const commands = commandsOf(options, reconnect);
    return { commands, scripts: new ScriptRunner(commands, keys) };
  };
  return new RedisTrail({ connect, key: keys.trail, clock });
}

/** Opens the indexes of a namespace, to compare them with its sessions and put them right. Connecting goes on in the background. */
export function openIndexes({ pace, ...options }: DirectoryOptions & { readonly pace?: Pace }): IndexKeeper {
  const codec = new RecordCodec({ sealer: undefined, passSealed: true });
  const commands = commandsOf(options, options.reconnect ?? false);
  return new NativeIndexKeeper(contextOf(commands, options, options, codec), pace);
}

/** Opens the servers behind the sessions, to see how they are set up. Connecting goes on in the background: the first operation tells. */
export function openInspector(options: Omit<DirectoryOptions, "tombstoneMs">): ServerInspector {
  const { clock = Date.now, reconnect = false } = options;
  return new RedisInspector(commandsOf(options, reconnect), clock);
}

function contextOf(
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
