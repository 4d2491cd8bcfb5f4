import { inspect } from "node:util";
import { SessctlError } from "../core/errors.js";
import type { Accepted, Issued, Refusal, RefusalReason, SessionStore } from "../core/ports.js";
import type { Client, Session } from "../core/session.js";
import type { SessionId, Token } from "../core/token.js";
import { sessionEnded, storeFailure } from "./failure.js";
import { merged } from "./merge.js";
import { copyOf, plain, type RequestData } from "./request-data.js";

declare global {
  namespace Sessctl {
    /** A request that went through the session middleware or plugin. */
    interface WithSession {
      readonly session: RequestSession;
    }
  }
}

/** How a session of a request begins or goes on after a login. */
export interface LoginOptions {
  /** Authentication level, in the application's words; default: none. */
  readonly level?: string;
  /** Idle window in ms; default: the store's. */
  readonly idleMs?: number;
  /** Absolute lifetime in ms; default: the store's. */
  readonly absoluteMs?: number;
}

/** The way of a token to and from the browser. */
export interface TokenCookie {
  /** Throws unless the response can still carry a cookie. */
  readonly check: () => void;
  readonly set: (token: Token, session: Session) => void;
  readonly remove: () => void;
}

/** What a request's session works with. */
export interface RequestContext {
  readonly store: SessionStore;
  readonly cookie: TokenCookie;
  readonly client: Client;
}

const unchanged = (data: RequestData): RequestData => data;

interface Opened {
  readonly token: Token;
  readonly session: Session;
}

/**
 * The session of one request. A visitor without data has none: it begins with the first `save` of data, or with `login`.
 *
 * Its methods run one after the other. A method whose session was ended by somebody else meanwhile rejects (401; 409
 * when another request rotated it) and leaves the request without a session; when the store fails they reject with 503.
 */
export class RequestSession {
  readonly #context: RequestContext;
  #opened: Opened | undefined;
  #data: RequestData;
  #refused: RefusalReason | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(context: RequestContext, opened: Opened | undefined, refused: RefusalReason | undefined) {
    this.#context = context;
    this.#opened = opened;
    this.#refused = refused;
    this.#data = copyOf(opened?.session.data);
  }

  /** Public name of the session, safe to show and to log; `undefined` while there is none. */
  get id(): SessionId | undefined {
    return this.#opened?.session.id;
  }

  /** Who is logged in. */
  get user(): string | undefined {
    return this.#opened?.session.user;
  }

  /** The authentication level given at login or by `elevate`. */
  get level(): string | undefined {
    return this.#opened?.session.level;
  }

  /** What is kept in the session: change it, then `save`. */
  get data(): RequestData {
    return this.#data;
  }

  set data(data: RequestData) {
    this.#data = data;
  }

  /** The session as the store knows it, with its times and clients; `undefined` while there is none. */
  get stored(): Session | undefined {
    return this.#opened?.session;
  }

  /** Why the request's cookie opened nothing; `undefined` when it did, or when there was none. */
  get refused(): RefusalReason | undefined {
    return this.#refused;
  }

  /**
   * Writes what this request changed in `data` over the newest data of the session, field by field. A field that another
   * request changed too is a `conflict` (409), unless `change` computes the data from the newest; it may be called
   * several times. Without a session, one begins if there is data.
   */
  save(change?: (data: RequestData) => RequestData): Promise<void> {
    return this.#inTurn(async () => {
      if (change !== undefined || this.#changed()) await this.#save(change);
    });
  }

  /** Gives the session a new token, as at every change of what it may do. Nothing happens while there is none. */
  rotate(): Promise<void> {
    return this.#inTurn(() => this.#rotate({}));
  }

  /** Raises (or changes) the authentication level, under a new token; `invalid-argument` when nobody is logged in. */
  elevate(level: string): Promise<void> {
    return this.#inTurn(() => {
      if (this.user !== undefined) return this.#rotate({ level });
      throw new SessctlError("invalid-argument", "nobody is logged in, so there is no level to change");
    });
  }

  /**
   * Logs a user in, under a new token: whoever knew the old one has nothing. An anonymous visitor's data is kept; that of
   * another user is not. A session that ended meanwhile is no obstacle, since the user has just authenticated.
   */
  login(user: string, options: LoginOptions = {}): Promise<void> {
    return this.#inTurn(() => this.#login(user, options));
  }

  /** Ends the session and takes the cookie away; resolves to whether there was a session. */
  logout(): Promise<boolean> {
    return this.#inTurn(() => this.#destroy());
  }

  /** The same as `logout`, under the name that other session middleware gives it. */
  destroy(): Promise<boolean> {
    return this.logout();
  }

  /** What may be printed: not the token, and not the data. */
  [inspect.custom](): object {
    return { id: this.id, user: this.user, level: this.level };
  }

  async #save(change = unchanged): Promise<void> {
    const mine = plain(this.#data);
    if (this.#opened === undefined) {
      const data = plain(change(mine));
      if (Object.keys(data).length > 0) this.#issue(await this.#create({ data }));
      return;
    }
    const { token, session } = this.#opened;
    const check = await this.#update(token, session, change);
    if (!check.ok) throw this.#ended(check);
    this.#opened = { token, session: check.session };
    this.#data = copyOf(check.session.data);
  }

  /** Writes this request's changes over the newest data. */
  #update(token: Token, session: Session, change = unchanged): Promise<Accepted | Refusal> {
    const base = copyOf(session.data);
    const mine = plain(this.#data);
    return this.#context.store.update(token, (newest) => plain(change(merged(base, mine, newest as RequestData))));
  }

  async #rotate(options: { readonly level?: string }): Promise<void> {
    if (this.#opened === undefined) return;
    this.#context.cookie.check();
    await this.#saveChanges();
    const { store, client } = this.#context;
    const next = await store.rotate(this.#opened.token, { ...options, client });
    if (!next.ok) throw this.#ended(next);
    this.#issue(next);
  }

  async #login(user: string, options: LoginOptions): Promise<void> {
    const { store, cookie, client } = this.#context;
    cookie.check();
    if (this.user !== undefined && this.user !== user) await this.#leave();
    if (this.#opened !== undefined) {
      const { token, session } = this.#opened;
      const there = !this.#changed() || (await this.#update(token, session)).ok;
      const next = there ? await store.rotate(token, { ...options, user, client }) : undefined;
      if (next?.ok === true) return this.#issue(next);
      // Gone since the request began. What was in it is gone with it; the login stands.
      this.#data = {};
    }
    this.#issue(await this.#create({ ...options, user, data: plain(this.#data) }));
  }

  /** Ends another user's session before this one begins. */
  async #leave(): Promise<void> {
    if (this.#opened !== undefined) await this.#context.store.destroy(this.#opened.token);
    this.#forget();
  }

  async #destroy(): Promise<boolean> {
    const { store, cookie } = this.#context;
    const there = this.#opened !== undefined && (await store.destroy(this.#opened.token));
    this.#forget();
    cookie.remove();
    return there;
  }

  async #saveChanges(): Promise<void> {
    if (this.#changed()) await this.#save();
  }

  #changed(): boolean {
    return JSON.stringify(plain(this.#data)) !== JSON.stringify(this.#opened?.session.data ?? {});
  }

  async #create(options: LoginOptions & { readonly user?: string; readonly data: RequestData }): Promise<Issued> {
    const { store, cookie, client } = this.#context;
    cookie.check();
    return store.create({ ...options, data: plain(options.data), client });
  }

  #issue(issued: Issued): void {
    const { token, session } = issued;
    this.#opened = { token, session };
    this.#data = copyOf(session.data);
    this.#refused = undefined;
    this.#context.cookie.set(token, session);
  }

  #ended(refusal: Refusal): Error {
    this.#forget();
    this.#refused = refusal.reason;
    if (refusal.reason !== "rotated") this.#context.cookie.remove();
    return sessionEnded(refusal.reason);
  }

  #forget(): void {
    this.#opened = undefined;
    this.#data = {};
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#running.then(work).catch((error: unknown) => {
      throw storeFailure(error);
    });
    this.#running = result.catch(() => undefined);
    return result;
  }
}
