import { randomBytes } from "node:crypto";
import { createClientReader } from "./clients/reader.js";
import type { SessionDirectory, SessionStore } from "./core/ports.js";
import type { SessionData } from "./core/session.js";
import { type StoreOptions, storeSettings } from "./core/settings.js";
import { layoutNamed } from "./layouts/index.js";
import type { Mapping } from "./layouts/mapping.js";
import { MemorySessionStore } from "./memory/store.js";
import { openLayout } from "./redis/open-layout.js";
import { type DirectoryOptions, openDirectory as openNative, type RedisOptions } from "./redis/open.js";
import { openStore, type SealOptions } from "./redis/open-store.js";

export { SessctlError } from "./core/errors.js";
export type { ErrorCode, ErrorDetails } from "./core/errors.js";
export type {
  Accepted,
  Capabilities,
  Change,
  Clock,
  CreateOptions,
  DirectoryCounts,
  DirectorySession,
  Issued,
  Note,
  Refusal,
  RefusalReason,
  RevokeUserOptions,
  RotateOptions,
  SessionDirectory,
  SessionStore,
} from "./core/ports.js";
export type { Binding } from "./core/binding.js";
export type { EventType, SessionEvent } from "./core/event.js";
export type { Client, Json, Session, SessionData, Sighting } from "./core/session.js";
export type { StoreOptions } from "./core/settings.js";
export type { RandomBytes, SessionId, Token } from "./core/token.js";
export type { SealKey } from "./redis/sealer.js";
export type { AccessOptions, TlsOptions } from "./redis/access.js";
export type { Mapping } from "./layouts/mapping.js";
export type { DirectoryOptions, RedisOptions } from "./redis/open.js";
export type { SealOptions } from "./redis/open-store.js";

/** Options of a session store in Redis. */
export type SessionStoreOptions = RedisOptions & StoreOptions & SealOptions;

/**
 * A session store in Redis. `createSessionStore({ redis: "redis://127.0.0.1:6379" })` is enough to begin.
 * `Data` is what the application keeps in a session; it is not checked at run time.
 */
export function createSessionStore<Data extends SessionData = SessionData>(
  options: SessionStoreOptions,
): SessionStore<Data> {
  // The store hands back the data it was given; which type that is, only the application knows.
  return openStore(options, createClientReader()) as unknown as SessionStore<Data>;
}

/** A session store in the memory of this process, which behaves as the one in Redis: for tests and for a single instance. */
export function createMemorySessionStore<Data extends SessionData = SessionData>(
  options: StoreOptions = {},
): SessionStore<Data> {
  const settings = storeSettings(options, { clock: Date.now, random: randomBytes });
  return new MemorySessionStore(settings, createClientReader()) as unknown as SessionStore<Data>;
}

/** Options of a directory, over sessions of whichever layout. */
export interface AnyDirectoryOptions extends DirectoryOptions {
  /** Name of the layout, such as `connect-redis`; default `native`, sessctl's own. */
  readonly layout?: string;
  /** What the keys of another framework's sessions begin with; default: as that framework has it. */
  readonly prefix?: string;
  /** Where an application keeps what in its sessions: `{ user: "passport.user" }`; default: common places. */
  readonly map?: Mapping;
  /** An application's idle window in ms, for layouts that do not tell it: then the TTL tells the last activity. */
  readonly idleMs?: number;
}

/** Opens sessions for an operator, of sessctl's own layout or of another framework's. Connecting goes on in the background: the first operation tells. */
export function openDirectory(options: AnyDirectoryOptions): SessionDirectory {
  const { layout: name = "native", prefix, map: mapping = {}, idleMs } = options;
  if (name === "native") return openNative(options);
  const layout = layoutNamed(name);
  return openLayout({ ...options, layout, prefix: prefix ?? layout.keys.prefix, mapping, idleMs });
}
