import type { SessionId } from "../core/token.js";
import { idBytes, packId, unpackId } from "./packed-ids.js";

/** A session as one that came from an address. */
export interface Arrival {
  readonly id: SessionId;
  readonly createdAt: number;
  /** Number of the user, 0 for none. */
  readonly user: number;
  /** Number of the exact user agent, and of the client it stands for; 0 for none. */
  readonly agent: number;
  readonly client: number;
  /** Whether the user had been in this network before, by an earlier session. */
  readonly isFamiliar: boolean;
}

/** The sessions that began from one address, by time. */
export interface AddressArrivals {
  readonly ip: string;
  readonly arrivals: readonly Arrival[];
}

const chunkRows = 1 << 12;
/** Slots in which addresses are counted, at first and at most: those that share one are taken for one until they are looked at closely. */
const leastSlots = 1 << 10;
const mostSlots = 1 << 20;
const mostCounted = 2 ** 16 - 1;

interface Chunk {
  readonly ids: Buffer;
  readonly address: Uint32Array;
  /** Seconds since 1970. */
  readonly createdAt: Uint32Array;
  readonly user: Uint32Array;
  readonly agent: Uint32Array;
  /** The client's number twice, and 1 more when the user is familiar. */
  readonly client: Uint32Array;
}

function newChunk(): Chunk {
  return {
    ids: Buffer.alloc(chunkRows * idBytes),
    address: new Uint32Array(chunkRows),
    createdAt: new Uint32Array(chunkRows),
    user: new Uint32Array(chunkRows),
    agent: new Uint32Array(chunkRows),
    client: new Uint32Array(chunkRows),
  };
}

/** How sessions arrived, by address, in 36 bytes each. Only addresses with many are ever looked at closely. */
export class Arrivals {
  #least = Infinity;
  readonly #chunks: Chunk[] = [];
  /** How many came from the addresses of each slot, up to the most that fits: a small table stays in the processor's cache. */
  #perSlot = new Uint16Array(leastSlots);
  /** The addresses that came often, by their hash. */
  readonly #busy = new Map<number, string>();
  #rows = 0;

  /** Says, before any session, that addresses with so many or more will be asked for. */
  expect(least: number): void {
    this.#least = Math.min(this.#least, Math.max(1, least));
  }

  /** Takes a session in; `hash` is its address's, by `hashOf`. */
  add(ip: string, hash: number, { id, createdAt, user, agent, client, isFamiliar }: Arrival): void {
    const row = this.#rows;
    const at = row % chunkRows;
    const chunk = (this.#chunks[Math.floor(row / chunkRows)] ??= newChunk());
    if (!(createdAt >= 0 && createdAt < 2 ** 32 * 1000) || !packId(id, chunk.ids, at * idBytes)) return;
    if (row >= this.#perSlot.length && row < mostSlots) this.#moreSlots();
    const count = this.#count(hash);
    // By then at the latest a busy address is named: it comes again.
    if (count >= this.#least / 2) this.#busy.set(hash, ip);
    chunk.address[at] = hash;
    chunk.createdAt[at] = Math.floor(createdAt / 1000);
    chunk.user[at] = user;
    chunk.agent[at] = agent;
    chunk.client[at] = client * 2 + Number(isFamiliar);
    this.#rows++;
  }

  #count(hash: number): number {
    const slot = hash % this.#perSlot.length;
    return (this.#perSlot[slot] = Math.min(mostCounted, (this.#perSlot[slot] ?? 0) + 1));
  }

  #moreSlots(): void {
    this.#perSlot = new Uint16Array(this.#perSlot.length * 4);
    for (let row = 0; row < this.#rows; row++) {
      this.#count(this.#chunks[Math.floor(row / chunkRows)]?.address[row % chunkRows] ?? 0);
    }
  }

  /** The least number of sessions an address has that a share of all addresses (0 to 1) is not above. */
  quantile(share: number): number {
    const counts = this.#perSlot.filter((count) => count > 0).toSorted();
    return counts[Math.max(0, Math.ceil(share * counts.length) - 1)] ?? 0;
  }

  /** The addresses with enough sessions, `least` of them. */
  *addresses(least: number): Iterable<AddressArrivals> {
    const byAddress = new Map<number, number[]>();
    for (let row = 0; row < this.#rows; row++) {
      const hash = this.#chunks[Math.floor(row / chunkRows)]?.address[row % chunkRows] ?? 0;
      if ((this.#perSlot[hash % this.#perSlot.length] ?? 0) < least) continue;
      const rows = byAddress.get(hash);
      if (rows === undefined) byAddress.set(hash, [row]);
      else rows.push(row);
    }
    for (const [hash, rows] of byAddress) {
      const ip = this.#busy.get(hash);
      if (ip === undefined || rows.length < least) continue;
      const arrivals = rows.map((row) => this.#read(row));
      yield { ip, arrivals: arrivals.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)) };
    }
  }

  #read(row: number): Arrival {
    const chunk = this.#chunks[Math.floor(row / chunkRows)];
    const at = row % chunkRows;
    if (chunk === undefined) throw new RangeError(`no row ${row}`);
    const client = chunk.client[at] ?? 0;
    return {
      id: unpackId(chunk.ids, at * idBytes),
      createdAt: (chunk.createdAt[at] ?? 0) * 1000,
      user: chunk.user[at] ?? 0,
      agent: chunk.agent[at] ?? 0,
      client: client >>> 1,
      isFamiliar: client % 2 === 1,
    };
  }
}
