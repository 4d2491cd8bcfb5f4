import type { SessionId } from "../../core/token.js";
import type { FoundKey } from "./key-walk.js";

/** Keys remembered in passing: what a person lists and then ends. More are looked up by a walk when they are asked for. */
const mostInPassing = 100_000;

/**
 * The keys that ids stand for, as far as they have been met: an id does not tell its key. What is not known is looked for
 * once, by walking names.
 */
export class KnownKeys {
  readonly #keys = new Map<SessionId, string>();
  readonly #walk: () => AsyncIterable<readonly FoundKey[]>;
  /** All keys that there were have been remembered: an id that is not among them is of no session, or of one met later. */
  #complete = false;

  constructor(walk: () => AsyncIterable<readonly FoundKey[]>) {
    this.#walk = walk;
  }

  /** Remembers a key that was met, unless there are very many. */
  meet({ id, key }: FoundKey): void {
    if (this.#keys.size < mostInPassing) this.#keys.set(id, key);
  }

  /** The keys with these ids; those of no session are left out. */
  async of(ids: readonly SessionId[]): Promise<readonly string[]> {
    if (!this.#complete && ids.some((id) => !this.#keys.has(id))) await this.#search(ids);
    return ids.flatMap((id) => this.#keys.get(id) ?? []);
  }

  async #search(ids: readonly SessionId[]): Promise<void> {
    const missing = new Set(ids.filter((id) => !this.#keys.has(id)));
    // Of many ids there may be more to come: then all keys are remembered, so that this is the last walk.
    const single = missing.size === 1;
    for await (const keys of this.#walk()) {
      for (const { id, key } of keys) {
        if (missing.delete(id) || !single) this.#keys.set(id, key);
      }
      if (single && missing.size < 1) return;
    }
    this.#complete = !single;
  }
}
