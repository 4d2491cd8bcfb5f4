import { checkedUser, clientOf } from "../core/input.js";
import type {
  Accepted,
  CreateOptions,
  Issued,
  Refusal,
  RevokeUserOptions,
  RotateOptions,
  SessionStore,
} from "../core/ports.js";
import type { Client, Session, SessionData } from "../core/session.js";
import { idOfToken, isToken, shardOfId } from "../core/token.js";
import type { StoreContext } from "./context.js";
import { create } from "./operations/create.js";
import { destroy } from "./operations/destroy.js";
import { listUser } from "./operations/list-user.js";
import { revokeUser } from "./operations/revoke-user.js";
import { rotate } from "./operations/rotate.js";
import { sweep } from "./operations/sweep.js";
import { update } from "./operations/update.js";
import { validate } from "./operations/validate.js";

const unknown: Refusal = { ok: false, reason: "unknown" };

/** One in so many creations sweeps its shard: often enough to keep up, since a sweep looks at a hundred entries. */
const sweepEvery = 16;

/** Sessions on the native layout. */
export class RedisSessionStore implements SessionStore {
  readonly #context: StoreContext;
  /** Operations under way, and who waits for the last of them. */
  #running = 0;
  readonly #whenIdle: (() => void)[] = [];
  #created = 0;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  create(options: CreateOptions = {}): Promise<Issued> {
    return this.#track(create(this.#context, options).then((issued) => this.#started(issued)));
  }

  validate(token: string, client?: Partial<Client>): Promise<Accepted | Refusal> {
    if (!isToken(token)) return Promise.resolve(unknown);
    const seen = client === undefined ? undefined : clientOf(client);
    return this.#track(validate(this.#context, idOfToken(token), seen));
  }

  async update(token: string, change: (data: SessionData) => SessionData): Promise<Accepted | Refusal> {
    return isToken(token) ? this.#track(update(this.#context, idOfToken(token), change)) : unknown;
  }

  async rotate(token: string, options: RotateOptions = {}): Promise<Issued | Refusal> {
    return isToken(token) ? this.#track(rotate(this.#context, idOfToken(token), options)) : unknown;
  }

  async destroy(token: string): Promise<boolean> {
    return isToken(token) && (await this.#track(destroy(this.#context, idOfToken(token))));
  }

  async listUser(user: string): Promise<readonly Session[]> {
    return this.#track(listUser(this.#context, checkedUser(user)));
  }

  async revokeUser(user: string, options: RevokeUserOptions = {}): Promise<number> {
    return this.#track(revokeUser(this.#context, checkedUser(user), options));
  }

  async sweep(): Promise<number> {
    return this.#track(sweep(this.#context));
  }

  async close(): Promise<void> {
    const { roller, live, commands } = this.#context;
    while (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    await Promise.all([roller.settled(), live.settled()]);
    commands.close();
  }

  #started(issued: Issued): Issued {
    const { session } = issued;
    this.#context.known?.remember(session.id, session);
    if (++this.#created % sweepEvery === 0) this.#track(this.#sweep(session)).catch(() => undefined);
    return issued;
  }

  /** Takes a few dead entries out of the indexes that a session has just been added to. When it fails, a later one does it. */
  async #sweep({ id, user }: Session): Promise<void> {
    const { live, commands, keys, settings } = this.#context;
    const now = settings.clock();
    await live.sweep(shardOfId(id), now - settings.idleMs);
    if (user !== undefined) await commands.run(["ZREMRANGEBYSCORE", keys.user(user), "-inf", now]);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#running++;
    work.then(
      () => this.#ended(),
      () => this.#ended(),
    );
    return work;
  }

  #ended(): void {
    if (--this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
