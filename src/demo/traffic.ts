import type { Client } from "../core/session.js";
import { createSessionStore, type SessionStore } from "../index.js";
import type { LiveSession } from "./fill.js";
import { type Random, seededRandom } from "./random.js";
import { someItem } from "./session-data.js";

/** Requests that keep coming until they are stopped. */
export interface Traffic {
  /** Stops at the end of the requests under way. */
  stop(): Promise<void>;
}

const tickMs = 250;
/** How many things happen in a tick. */
const perTick = 6;
const idleMs = 2 * 3_600_000;

/** What a visitor may do next, with how often among a hundred things. */
const doings: readonly [readonly [Doing, number], ...(readonly [Doing, number])[]] = [
  ["request", 82],
  ["fill-cart", 6],
  ["arrive", 5],
  ["log-in", 4],
  ["log-out", 3],
];
type Doing = "request" | "fill-cart" | "arrive" | "log-in" | "log-out";

/**
 * Uses the sessions of a population as visitors would: requests, logins, logouts, newcomers, at a steady modest rate.
 * Who holds a stolen token keeps it alive. Sessions that an operator ends are refused here, and their visitors are gone.
 */
export function startTraffic(redis: string, population: readonly LiveSession[]): Traffic {
  const sessions = createSessionStore({ redis });
  const visitors = new Visitors(sessions, population);
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    // A Redis that is slow or going away gets no more than it can take.
    if (busy) return;
    busy = true;
    running = visitors
      .tick()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, tickMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await sessions.close();
    },
  };
}

class Visitors {
  readonly #sessions: SessionStore;
  readonly #random: Random = seededRandom(Date.now());
  readonly #thieves: LiveSession[];
  #others: LiveSession[];
  #ticks = 0;

  constructor(sessions: SessionStore, population: readonly LiveSession[]) {
    this.#sessions = sessions;
    this.#thieves = population.filter(({ takeover, hasEnded }) => takeover !== undefined && !hasEnded);
    this.#others = population.filter(({ takeover }) => takeover === undefined);
  }

  async tick(): Promise<void> {
    const [thief] = this.#thieves;
    // One after the other, each every few seconds.
    if (thief && ++this.#ticks % 4 === 0) {
      this.#thieves.shift();
      if (await this.#request(thief)) this.#thieves.push(thief);
    }
    await Promise.all(Array.from({ length: perTick }, () => this.#something()));
  }

  /** Somebody does something. While they do, nobody else is that visitor. */
  async #something(): Promise<void> {
    const doing = this.#random.weighted(doings);
    const visitor = this.#take(doing);
    if (!visitor) return;
    const after = await this.#act(doing, visitor);
    if (after) this.#others.push(...after);
  }

  #take(doing: Doing): LiveSession | undefined {
    const wanted = this.#random.whole(0, this.#others.length - 1);
    const fits = ({ user }: LiveSession) => doing !== "log-in" || user === undefined;
    const at = this.#others.findIndex((visitor, n) => n >= wanted && fits(visitor));
    return at === -1 ? undefined : this.#others.splice(at, 1)[0];
  }

  /** The visitors that there are afterwards. */
  async #act(doing: Doing, visitor: LiveSession): Promise<readonly LiveSession[]> {
    const { token, client } = visitor;
    switch (doing) {
      case "request":
        return (await this.#request(visitor)) ? [visitor] : [];
      case "fill-cart": {
        const item = someItem(this.#random);
        const check = await this.#sessions.update(token, (data) => ({ ...data, cart: [item] }));
        return check.ok ? [visitor] : [];
      }
      case "arrive":
        return [visitor, await this.#arrive(client)];
      case "log-in": {
        const user = this.#someUser();
        const next = await this.#sessions.rotate(token, { user, level: "aal1", client, idleMs });
        return next.ok ? [{ ...visitor, id: next.session.id, token: next.token, user }] : [];
      }
      case "log-out":
        await this.#sessions.destroy(token);
        return [];
    }
  }

  async #request({ token, client }: LiveSession): Promise<boolean> {
    return (await this.#sessions.validate(token, client)).ok;
  }

  /** A newcomer with the same provider and browser as somebody who is here already. */
  async #arrive(client: Client): Promise<LiveSession> {
    const { token, session } = await this.#sessions.create({ client, idleMs, data: {} });
    return { id: session.id, token, user: undefined, client, takeover: undefined, hasEnded: false };
  }

  #someUser(): string {
    const known = this.#others.filter(({ user }) => user !== undefined);
    return known[this.#random.whole(0, known.length - 1)]?.user ?? "ada.berg";
  }
}
