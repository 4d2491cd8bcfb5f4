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
import { idOfToken, isToken, type SessionId, shardOfId } from "../core/token.js";
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
  readonly #running = new Set<Promise<unknown>>();
  #created = 0;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  create(options: CreateOptions = {}): Promise<Issued> {
    return this.#track(create(this.#context, options).then((issued) => this.#started(issued)));
  }

  async validate(token: string, client?: Partial<Client>): Promise<Accepted | Refusal> {
    if (!isToken(token)) return unknown;
    const seen = client === undefined ? undefined : clientOf(client);
    const check = await this.#track(validate(this.#context, idOfToken(token), seen));
    if (check.ok) this.#seen(check.session);
    return check;
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
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    await this.#context.roller.settled();
    this.#context.commands.close();
  }

  #seen({ id, lastSeenAt }: Session): void {
    const { live } = this.#context;
    if (live.isStale(id, lastSeenAt)) this.#background(live.touch(id, lastSeenAt));
  }

  #started(issued: Issued): Issued {
    if (++this.#created % sweepEvery === 0) this.#background(this.#sweep(issued.session.id));
    return issued;
  }

  async #sweep(id: SessionId): Promise<void> {
    const { live, settings } = this.#context;
    await live.sweep(shardOfId(id), settings.clock() - settings.idleMs);
  }

  /** Lets work on the indexes go on by itself: when it fails, nothing is lost but freshness, and the next one does it. */
  #background(work: Promise<unknown>): void {
    this.#track(work).catch(() => undefined);
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }
}
