import type { ClientReader } from "../core/binding.js";
import type { DirectorySession } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import { ClientNames } from "./client-names.js";
import { idBytes, packId, unpackId } from "./packed-ids.js";

/** One of a user's sessions, in short. */
export interface UserSession {
  readonly id: SessionId;
  readonly createdAt: number | undefined;
  readonly lastSeenAt: number | undefined;
  /** Number of the client at creation: equal for equal browser family, system and form factor; `undefined` without one. */
  readonly client: number | undefined;
}

/** All sessions of one user. */
export interface UserSessions {
  readonly user: string;
  readonly count: number;
  /** The sessions, in no particular order. Made at each call: ask only when the count is worth it. */
  readonly sessions: () => readonly UserSession[];
}

const chunkRows = 1 << 12;

/** A column store's slice: 36 bytes a session where objects would take some 200. */
interface Chunk {
  readonly ids: Buffer;
  readonly createdAt: Float64Array;
  readonly lastSeenAt: Float64Array;
  readonly client: Int32Array;
  /** The user's row before this one, -1 for none. */
  readonly previous: Int32Array;
}

function newChunk(): Chunk {
  return {
    ids: Buffer.alloc(chunkRows * idBytes),
    createdAt: new Float64Array(chunkRows),
    lastSeenAt: new Float64Array(chunkRows),
    client: new Int32Array(chunkRows),
    previous: new Int32Array(chunkRows),
  };
}

/** Gathers sessions by user, in little memory. */
export class SessionsByUser {
  readonly #clients: ClientNames;
  readonly #chunks: Chunk[] = [];
  readonly #lastRow = new Map<string, number>();
  /** Ids that do not have the form of one, by row. */
  readonly #oddIds = new Map<number, string>();
  #rows = 0;

  constructor(reader: ClientReader) {
    this.#clients = new ClientNames(reader);
  }

  /** Takes a session in; anonymous ones are passed over. */
  add(session: DirectorySession): void {
    const { user } = session;
    if (user === undefined) return;
    const row = this.#rows++;
    const at = row % chunkRows;
    if (at === 0 && this.#chunks.length * chunkRows <= row) this.#chunks.push(newChunk());
    const chunk = this.#chunkOf(row);
    if (!packId(session.id, chunk.ids, at * idBytes)) this.#oddIds.set(row, session.id);
    chunk.createdAt[at] = session.createdAt ?? Number.NaN;
    chunk.lastSeenAt[at] = session.lastSeenAt ?? Number.NaN;
    chunk.client[at] = this.#clients.numberOf(session.sightings[0]?.userAgent) ?? -1;
    chunk.previous[at] = this.#lastRow.get(user) ?? -1;
    this.#lastRow.set(user, row);
  }

  /** Hands over every user, then forgets all. */
  drain(visit: (user: UserSessions) => void): void {
    for (const [user, lastRow] of this.#lastRow) {
      const rows: number[] = [];
      for (let row = lastRow; row >= 0; row = this.#chunkOf(row).previous[row % chunkRows] ?? -1) rows.push(row);
      visit({ user, count: rows.length, sessions: () => rows.map((row) => this.#read(row)) });
    }
    this.#lastRow.clear();
    this.#oddIds.clear();
    this.#rows = 0;
  }

  #chunkOf(row: number): Chunk {
    const chunk = this.#chunks[Math.floor(row / chunkRows)];
    if (chunk === undefined) throw new RangeError(`no row ${row}`);
    return chunk;
  }

  #read(row: number): UserSession {
    const chunk = this.#chunkOf(row);
    const at = row % chunkRows;
    const client = chunk.client[at] ?? -1;
    return {
      id: this.#oddIds.get(row) ?? unpackId(chunk.ids, at * idBytes),
      createdAt: known(chunk.createdAt[at]),
      lastSeenAt: known(chunk.lastSeenAt[at]),
      client: client < 0 ? undefined : client,
    };
  }
}

function known(time: number | undefined): number | undefined {
  return Number.isFinite(time) ? time : undefined;
}
