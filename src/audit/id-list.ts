import { idBytes, packId, unpackId } from "./packed-ids.js";
import type { SessionId } from "../core/token.js";

/** Ids in 16 bytes each, in the order they came. */
export class IdList implements Iterable<SessionId> {
  #bytes = Buffer.alloc(64 * idBytes);
  #count = 0;
  /** What does not have the form of an id. */
  readonly #others: SessionId[] = [];

  add(id: SessionId): void {
    if ((this.#count + 1) * idBytes > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    }
    if (packId(id, this.#bytes, this.#count * idBytes)) this.#count++;
    else this.#others.push(id);
  }

  *[Symbol.iterator](): Generator<SessionId> {
    for (let n = 0; n < this.#count; n++) yield unpackId(this.#bytes, n * idBytes);
    yield* this.#others;
  }
}
