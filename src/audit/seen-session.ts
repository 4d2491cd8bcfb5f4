import type { ClientReader } from "../core/binding.js";
import type { DirectorySession } from "../core/ports.js";
import { type Switch, switchesOf } from "./switches.js";

const none: readonly Switch[] = [];

/** A session as rules see it, with what several of them derive from it worked out once. */
export class SeenSession {
  readonly session: DirectorySession;
  readonly #reader: ClientReader;
  #switches: readonly Switch[] | undefined;
  #explained: Set<Switch> | undefined;

  constructor(session: DirectorySession, reader: ClientReader) {
    this.session = session;
    this.#reader = reader;
  }

  /** The session's changes of client or network, oldest first. */
  get switches(): readonly Switch[] {
    if (this.session.sightings.length < 2) return none;
    return (this.#switches ??= switchesOf(this.session.sightings, this.#reader));
  }

  /** The switches that no rule before this one explained. */
  get openSwitches(): readonly Switch[] {
    const explained = this.#explained;
    return explained === undefined ? this.switches : this.switches.filter((change) => !explained.has(change));
  }

  /** Says that a rule reports these switches, so that the milder rules after it do not report them again. */
  explain(switches: readonly Switch[]): void {
    this.#explained = new Set([...(this.#explained ?? []), ...switches]);
  }
}
