import type { ClientReader } from "../core/binding.js";
import type { SessionStore } from "../core/ports.js";
import type { StoreOptions } from "../core/settings.js";
import { KnownSessions } from "./known-sessions.js";
import { LiveIndex } from "./live-index.js";
import { commandsOf, contextOf, type RedisOptions } from "./open.js";
import { RecordCodec } from "./record.js";
import { Roller } from "./roller.js";
import { type SealKey, Sealer } from "./sealer.js";
import { RedisSessionStore } from "./store.js";
import { Throttle } from "./throttle.js";
import { Validator } from "./validator.js";

/** Options of a store that only one in Redis has. */
export interface SealOptions {
  /** Keys of 32 bytes that seal sessions' data at rest (AES-256-GCM): the first writes, all read. Default: the data is kept as it is. */
  readonly sealKeys?: readonly SealKey[];
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
