import { randomBytes } from "node:crypto";
import { createClientReader } from "./clients/reader.js";
import type { SessionStore } from "./core/ports.js";
import type { SessionData } from "./core/session.js";
import { type StoreOptions, storeSettings } from "./core/settings.js";
import { MemorySessionStore } from "./memory/store.js";
import { openStore, type RedisOptions, type SealOptions } from "./redis/open.js";

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
export { openDirectory } from "./redis/open.js";
export type { DirectoryOptions, RedisOptions, SealOptions } from "./redis/open.js";

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
