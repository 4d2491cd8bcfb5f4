import type { DirectorySession } from "../core/ports.js";
import type { Sighting } from "../core/session.js";
import type { Facts, Known } from "./facts.js";
import { type Switch, switchesOf } from "./switches.js";

const none: readonly Switch[] = [];
const nobody: readonly Sighting[] = [];

/** A session as rules see it, with what several of them derive from it worked out once. */
export class SeenSession {
  readonly session: DirectorySession;
  readonly #facts: Facts;
  readonly #refused: readonly Sighting[];
  #known: readonly Known[] | undefined;
  #switches: readonly Switch[] | undefined;
  #explained: Set<Switch> | undefined;

  /** `refused`: clients that presented the token and were turned away; they count as seen. */
  constructor(session: DirectorySession, facts: Facts, refused: readonly Sighting[] = nobody) {
    this.session = session;
    this.#facts = facts;
    this.#refused = refused;
  }

  /** Each client seen that tells something, oldest first, those that were refused among them. */
  get known(): readonly Known[] {
    if (this.#known === undefined) {
      const { sightings } = this.session;
      const all =
        this.#refused.length === 0 ? sightings : [...sightings, ...this.#refused].toSorted((a, b) => a.at - b.at);
      const known: Known[] = [];
      for (const sighting of all) {
        const one = this.#facts.know(sighting);
        if (one !== undefined) known.push(one);
      }
      this.#known = known;
    }
    return this.#known;
  }

  /** Whether a sighting was refused. */
  isRefused(sighting: Sighting): boolean {
    return this.#refused.includes(sighting);
  }

  /** Whether more than one client was seen, those that were refused among them. */
  get isSwitched(): boolean {
    return this.session.sightings.length + this.#refused.length > 1;
  }

  /** The session's changes of client or network, oldest first. */
  get switches(): readonly Switch[] {
    return this.isSwitched ? (this.#switches ??= switchesOf(this.known)) : none;
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
