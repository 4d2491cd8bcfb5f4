import type { Agent, ClientReader } from "../core/binding.js";
import { clientKey } from "./switches.js";

/** Most clients told apart; hostile user agents can name as many as they like, and the rest count as one. */
const maxClients = 1 << 16;

/** Numbers clients, so that many sessions can be compared in little memory. */
export class ClientNames {
  readonly #reader: ClientReader;
  readonly #byKey = new Map<string, number>();
  readonly #byAgent = new WeakMap<Agent, number>();

  constructor(reader: ClientReader) {
    this.#reader = reader;
  }

  /** The number of a user agent's client, equal for equal clients; `undefined` without a user agent. */
  numberOf(userAgent: string | undefined): number | undefined {
    if (userAgent === undefined) return undefined;
    const agent = this.#reader.agent(userAgent);
    const remembered = this.#byAgent.get(agent);
    if (remembered !== undefined) return remembered;
    const key = clientKey(agent);
    const number = this.#byKey.get(key) ?? Math.min(this.#byKey.size, maxClients);
    if (number < maxClients) this.#byKey.set(key, number);
    this.#byAgent.set(agent, number);
    return number;
  }
}
