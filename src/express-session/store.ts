import session, { type Session, type SessionData } from "express-session";
import { SessctlError } from "../core/errors.js";
import { Commands } from "../redis/commands.js";
import { keysOf } from "../redis/keys.js";
import { ScriptRunner } from "../redis/script.js";
import { answer } from "./answer.js";
import { cookieExpiry, expiryOf } from "./expiry.js";
import { type SessionKeys, sessionKeys } from "./keys.js";
import { type RedisStoreOptions, type RedisStoreSettings, settingsOf } from "./options.js";
import { recordedClient } from "./recorder.js";
import { destroyScript } from "./scripts/destroy.js";
import { writeScript } from "./scripts/write.js";
import { parseSession, type StoredSession } from "./stored-session.js";
import { clientRecordOf, recordField, withClient } from "./sightings.js";

type RequestOf = Parameters<session.Store["createSession"]>[0];
type Done = (error?: unknown) => void;

/** Each lost attempt means that another request wrote the session. */
const attempts = 100;

/**
 * A store for express-session on the keys of connect-redis, which can take its place and be replaced by it.
 *
 * A session that was loaded is only written while it is still there, so that a slow request cannot bring back one that
 * was destroyed, revoked by an operator, or expired meanwhile. One that this process did not load is refused while its
 * tombstone stands. Then nothing is written, the promise resolves to `false`, and a callback gets no error, since the
 * request itself did nothing wrong.
 *
 * Methods take a callback, return a promise, or both. When Redis fails they fail, with status 503: express-session
 * passes that on to the error handler instead of serving the visitor without a session.
 */
export class RedisStore extends session.Store {
  readonly #settings: RedisStoreSettings;
  readonly #keys: SessionKeys;
  readonly #commands: Commands;
  readonly #scripts: ScriptRunner;
  /** The text that each session object stands for in Redis; having one is what makes it known. */
  readonly #texts = new WeakMap<object, string>();

  constructor(options: RedisStoreOptions) {
    super();
    this.#settings = settingsOf(options);
    this.#keys = sessionKeys(this.#settings.prefix);
    const { redis, commandTimeoutMs } = this.#settings;
    this.#commands = new Commands(redis, { timeoutMs: commandTimeoutMs, reconnect: true });
    // These scripts name their keys themselves; no key of sessctl's own layout is used.
    this.#scripts = new ScriptRunner(this.#commands, keysOf("sc"));
  }

  /** The session with this id; `null` when there is none, or none that can be read. */
  override get(
    sid: string,
    callback?: (error: unknown, session?: SessionData | null) => void,
  ): Promise<SessionData | null> {
    return answer(this.#get(sid), callback);
  }

  /** Writes a session; resolves to whether it was written. */
  override set(sid: string, data: SessionData, callback?: Done): Promise<boolean> {
    return answer(this.#set(sid, data), callback && ((error) => callback(error)));
  }

  /** Puts off a session's expiry, in Redis and in the stored cookie, and notes the client; resolves to whether it is there. */
  override touch(sid: string, data: SessionData, callback?: Done): Promise<boolean> {
    return answer(this.#touch(sid, data), callback && ((error) => callback(error)));
  }

  /** Ends a session; resolves to whether it was there. */
  override destroy(sid: string, callback?: Done): Promise<boolean> {
    return answer(this.#destroy(sid), callback && ((error) => callback(error)));
  }

  /** All sessions, each with its `id`: as many as there are, in memory. `walk` gives them in batches. */
  override all(
    callback?: (error: unknown, sessions?: SessionData[] | null) => void,
  ): Promise<(SessionData & { readonly id: string })[]> {
    return answer(this.#all(), callback);
  }

  /** The ids of all sessions. */
  ids(callback?: (error: unknown, ids?: string[]) => void): Promise<string[]> {
    return answer(this.#ids(), callback);
  }

  /** How many sessions there are, in bounded memory; one that Redis moves during the count may count twice. */
  override length(callback?: (error: unknown, length?: number) => void): Promise<number> {
    return answer(this.#length(), callback);
  }

  /** Ends all sessions, batch by batch; resolves to how many. */
  override clear(callback?: Done): Promise<number> {
    return answer(this.#clear(), callback && ((error) => callback(error)));
  }

  /** All sessions with their ids, in batches; one may come twice. What cannot be read is left out. */
  async *walk(): AsyncIterable<readonly (SessionData & { readonly id: string })[]> {
    for await (const keys of this.#walkKeys()) {
      const texts = await this.#commands.many(keys.map((key) => ["GET", key]));
      const found = await Promise.all(
        texts.map(async (text, n) => {
          // A key of another type among them is somebody else's.
          if (text instanceof Error && !isWrongType(text)) throw text;
          const data = typeof text === "string" ? await this.#parse(text) : undefined;
          return data && Object.assign(data, { id: this.#keys.sidOf(keys[n] ?? "") });
        }),
      );
      yield found.filter((data) => data !== undefined);
    }
  }

  /** Closes the connection if the store opened it. */
  close(): Promise<void> {
    this.#commands.close();
    return Promise.resolve();
  }

  /** Called by express-session to make a request's session of what `get` found. */
  override createSession(request: RequestOf, data: SessionData): Session & SessionData {
    const created = super.createSession(request, data);
    const text = this.#texts.get(data);
    if (text !== undefined) this.#texts.set(created, text);
    return created;
  }

  async #get(sid: string): Promise<SessionData | null> {
    const text = await this.#commands.run(["GET", this.#keys.session(sid)]);
    if (typeof text !== "string") return null;
    const data = await this.#parse(text);
    if (data === undefined) return null;
    this.#texts.set(data, text);
    return data;
  }

  async #set(sid: string, data: SessionData): Promise<boolean> {
    const now = this.#settings.clock();
    const expiresAt = expiryOf(data, this.#settings);
    if (expiresAt !== undefined && expiresAt <= now) {
      await this.#destroy(sid);
      return false;
    }
    const isNew = !this.#texts.has(data);
    return this.#write(sid, data, { known: !isNew, expiresAt }, async (text) => {
      const stored = text === undefined ? undefined : await this.#parse(text);
      const record = withClient(stored && clientRecordOf(stored), recordedClient(data), now, text === undefined);
      return this.#settings.serializer.stringify({ ...data, ...(record && { [recordField]: record }) });
    });
  }

  async #touch(sid: string, data: SessionData): Promise<boolean> {
    const { disableTouch, disableTTL, clock, serializer } = this.#settings;
    if (disableTouch || disableTTL) return true;
    const now = clock();
    const expiresAt = expiryOf(data, this.#settings);
    const loaded = this.#texts.get(data);
    return this.#write(sid, data, { known: true, expiresAt }, async (text) => {
      const stored = text === undefined ? undefined : await this.#parse(text);
      // What no longer is a session stays as it is, and only lives longer.
      if (stored === undefined || text === undefined) return text ?? "";
      const before = clientRecordOf(stored);
      const record = withClient(before, recordedClient(data), now, false);
      const lasting = (cookieExpiry(stored) ?? -Infinity) >= (cookieExpiry(data) ?? Infinity);
      // Another request has put it off at least as long meanwhile.
      if (text !== loaded && lasting && record === before) return undefined;
      return serializer.stringify({ ...stored, cookie: data.cookie, ...(record && { [recordField]: record }) });
    });
  }

  /**
   * Compare-and-set until it holds. `textFor` makes the text to write of the one that is stored (`undefined`: none is
   * known), or `undefined` when there is nothing left to write.
   */
  async #write(
    sid: string,
    data: SessionData,
    { known, expiresAt }: { readonly known: boolean; readonly expiresAt: number | undefined },
    textFor: (stored: string | undefined) => Promise<string | undefined>,
  ): Promise<boolean> {
    const key = this.#keys.session(sid);
    let expected = this.#texts.get(data);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const text = await textFor(expected);
      if (text === undefined) return true;
      const input = { key, goneKey: this.#keys.gone(sid), known, expected, text, expiresAt };
      const result = await this.#scripts.run(writeScript, input);
      if (result.outcome === "ok") this.#texts.set(data, text);
      if (result.outcome !== "conflict") return result.outcome === "ok";
      expected = result.stored;
    }
    throw new SessctlError("conflict", `a session changed ${attempts} times while it was being written`);
  }

  async #destroy(sid: string): Promise<boolean> {
    const { tombstoneMs } = this.#settings;
    return this.#scripts.run(destroyScript, {
      key: this.#keys.session(sid),
      goneKey: this.#keys.gone(sid),
      tombstoneMs,
    });
  }

  async #all(): Promise<(SessionData & { readonly id: string })[]> {
    const sessions = new Map<string, SessionData & { readonly id: string }>();
    for await (const batch of this.walk()) for (const found of batch) sessions.set(found.id, found);
    return [...sessions.values()];
  }

  async #ids(): Promise<string[]> {
    const ids = new Set<string>();
    for await (const keys of this.#walkKeys()) for (const key of keys) ids.add(this.#keys.sidOf(key));
    return [...ids];
  }

  async #length(): Promise<number> {
    let length = 0;
    for await (const keys of this.#walkKeys()) length += keys.length;
    return length;
  }

  async #clear(): Promise<number> {
    let cleared = 0;
    for await (const keys of this.#walkKeys()) {
      // One key in each command: in a cluster they are on different slots.
      const replies = await this.#commands.all(keys.map((key) => ["UNLINK", key]));
      cleared += replies.filter((reply) => reply === 1).length;
    }
    return cleared;
  }

  async *#walkKeys(): AsyncIterable<readonly string[]> {
    // Which masters a cluster has is known once it has answered anything.
    await this.#commands.run(["PING"]);
    for await (const keys of this.#commands.scan({ pattern: this.#keys.pattern })) {
      const ours = keys.filter((key) => key.startsWith(this.#keys.prefix));
      if (ours.length > 0) yield ours;
    }
  }

  #parse(text: string): Promise<StoredSession | undefined> {
    return parseSession(text, this.#settings.serializer);
  }
}

function isWrongType(error: Error): boolean {
  return error instanceof SessctlError && error.code === "wrong-type";
}
