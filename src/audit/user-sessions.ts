import type { Agent } from "../core/binding.js";
import type { DirectorySession } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import type { Known } from "./facts.js";
import { hashOf } from "./hash.js";
import { Names } from "./names.js";

/** Where and by which client one of a user's sessions was used, in short. */
export interface Visit {
  readonly at: number;
  readonly asn: number | undefined;
  readonly country: string | undefined;
  /** Number of the /24 or /64, equal for equal ones; `undefined` without an address. */
  readonly network: number | undefined;
  /** Number of the client: equal for equal browser family, system and form factor; `undefined` without a user agent. */
  readonly client: number | undefined;
}

/** One of a user's sessions, in short. */
export interface UserSession {
  readonly id: SessionId;
  readonly createdAt: number | undefined;
  readonly lastSeenAt: number | undefined;
  readonly bytes: number | undefined;
  /** Whether the application keeps something in it. */
  readonly hasData: boolean;
  /** Oldest first: the client at creation, then each different one. */
  readonly visits: readonly Visit[];
  /** The client at creation, its exact user agent's number (0 for none), and its address. */
  readonly client: number | undefined;
  readonly agent: number;
  readonly ip: string | undefined;
  /** `hashOf` of the address; 0 without one. */
  readonly ipHash: number;
}

/** All sessions of one user. */
export interface UserSessions {
  readonly user: string;
  readonly count: number;
  /** How many visits they have together. */
  readonly visits: number;
  /** The sessions, in no particular order. */
  readonly sessions: () => readonly UserSession[];
}

const chunkRows = 1 << 12;
/** Most user agents numbered at once; hostile ones can be as many as they like. */
const maxAgents = 1 << 16;

/** A column store's slice: numbers side by side, where objects would take five times as much. */
interface Chunk {
  readonly createdAt: Float64Array;
  readonly lastSeenAt: Float64Array;
  readonly bytes: Float64Array;
  readonly agent: Uint32Array;
  readonly hasData: Uint8Array;
  /** The user's row before this one, -1 for none. */
  readonly previous: Int32Array;
  /** The session's first visit, and after the last. */
  readonly visitsFrom: Int32Array;
  readonly visitsTo: Int32Array;
}

function newChunk(): Chunk {
  return {
    createdAt: new Float64Array(chunkRows),
    lastSeenAt: new Float64Array(chunkRows),
    bytes: new Float64Array(chunkRows),
    agent: new Uint32Array(chunkRows),
    hasData: new Uint8Array(chunkRows),
    previous: new Int32Array(chunkRows),
    visitsFrom: new Int32Array(chunkRows),
    visitsTo: new Int32Array(chunkRows),
  };
}

interface VisitChunk {
  readonly at: Float64Array;
  readonly asn: Uint32Array;
  readonly country: Int32Array;
  readonly network: Int32Array;
  readonly client: Int32Array;
}

function newVisitChunk(): VisitChunk {
  return {
    at: new Float64Array(chunkRows),
    asn: new Uint32Array(chunkRows),
    country: new Int32Array(chunkRows),
    network: new Int32Array(chunkRows),
    client: new Int32Array(chunkRows),
  };
}

/** Gathers sessions by user, in little memory. */
export class SessionsByUser {
  readonly #clients = new Names();
  readonly #countries = new Names();
  readonly #chunks: Chunk[] = [];
  readonly #visits: VisitChunk[] = [];
  readonly #lastRow = new Map<string, number>();
  readonly #ids: SessionId[] = [];
  readonly #agents = new Map<Agent, number>();
  readonly #ips: (string | undefined)[] = [];
  #rows = 0;
  #visitRows = 0;
  #lastAgent = 0;

  /** Takes a session in; anonymous ones are passed over. */
  add(session: DirectorySession, known: readonly Known[]): void {
    const { user } = session;
    if (user === undefined) return;
    const row = this.#rows++;
    const at = row % chunkRows;
    const chunk = (this.#chunks[Math.floor(row / chunkRows)] ??= newChunk());
    this.#ids[row] = session.id;
    chunk.createdAt[at] = session.createdAt ?? Number.NaN;
    chunk.lastSeenAt[at] = session.lastSeenAt ?? Number.NaN;
    chunk.bytes[at] = session.bytes ?? Number.NaN;
    const agent = known[0]?.agent;
    chunk.agent[at] = agent === undefined ? 0 : this.#agentNumber(agent);
    chunk.hasData[at] = Number(session.data !== undefined && Object.keys(session.data).length > 0);
    this.#ips[row] = known[0]?.sighting.ip;
    chunk.previous[at] = this.#lastRow.get(user) ?? -1;
    chunk.visitsFrom[at] = this.#visitRows;
    for (const one of known) this.#addVisit(one);
    chunk.visitsTo[at] = this.#visitRows;
    this.#lastRow.set(user, row);
  }

  /** Hands over every user, then forgets all. */
  drain(visit: (user: UserSessions) => void): void {
    for (const [user, lastRow] of this.#lastRow) {
      let [count, visits] = [0, 0];
      for (let row = lastRow; row >= 0; row = this.#previous(row)) {
        const chunk = this.#chunks[Math.floor(row / chunkRows)];
        const at = row % chunkRows;
        count++;
        visits += (chunk?.visitsTo[at] ?? 0) - (chunk?.visitsFrom[at] ?? 0);
      }
      let all: UserSession[] | undefined;
      const sessions = (): readonly UserSession[] => {
        if (all !== undefined) return all;
        all = [];
        for (let row = lastRow; row >= 0; row = this.#previous(row)) all.push(this.#read(row));
        return all;
      };
      visit({ user, count, visits, sessions });
    }
    this.#lastRow.clear();
    this.#ids.length = 0;
    this.#ips.length = 0;
    this.#rows = 0;
    this.#visitRows = 0;
  }

  /** The user's row before a row, -1 for none. */
  #previous(row: number): number {
    return this.#chunks[Math.floor(row / chunkRows)]?.previous[row % chunkRows] ?? -1;
  }

  /** Agents are remembered by whoever reads them, so that equal user agents are one object as long as they are in use. */
  #agentNumber(agent: Agent): number {
    let number = this.#agents.get(agent);
    if (number === undefined) {
      if (this.#agents.size > maxAgents) this.#agents.clear();
      this.#agents.set(agent, (number = ++this.#lastAgent));
    }
    return number;
  }

  #addVisit({ sighting, where, agent, client }: Known): void {
    const row = this.#visitRows++;
    const at = row % chunkRows;
    const chunk = (this.#visits[Math.floor(row / chunkRows)] ??= newVisitChunk());
    chunk.at[at] = sighting.at;
    chunk.asn[at] = where?.asn ?? 0;
    chunk.country[at] = where?.country === undefined ? -1 : this.#countries.numberOf(where.country);
    chunk.network[at] = where?.network ?? -1;
    chunk.client[at] = agent === undefined ? -1 : this.#clients.numberOf(client);
  }

  #read(row: number): UserSession {
    const chunk = this.#chunks[Math.floor(row / chunkRows)];
    const at = row % chunkRows;
    if (chunk === undefined) throw new RangeError(`no row ${row}`);
    const ip = this.#ips[row];
    const visits: Visit[] = [];
    for (let n = chunk.visitsFrom[at] ?? 0; n < (chunk.visitsTo[at] ?? 0); n++) visits.push(this.#readVisit(n));
    return {
      id: this.#ids[row] ?? "",
      createdAt: finite(chunk.createdAt[at]),
      lastSeenAt: finite(chunk.lastSeenAt[at]),
      bytes: finite(chunk.bytes[at]),
      hasData: chunk.hasData[at] === 1,
      visits,
      client: visits[0]?.client,
      agent: chunk.agent[at] ?? 0,
      ip,
      ipHash: ip === undefined ? 0 : hashOf(ip),
    };
  }

  #readVisit(row: number): Visit {
    const chunk = this.#visits[Math.floor(row / chunkRows)];
    const at = row % chunkRows;
    if (chunk === undefined) throw new RangeError(`no visit ${row}`);
    const asn = chunk.asn[at] ?? 0;
    const country = chunk.country[at] ?? -1;
    return {
      at: chunk.at[at] ?? Number.NaN,
      asn: asn === 0 ? undefined : asn,
      country: country < 0 ? undefined : this.#countries.name(country),
      network: known(chunk.network[at]),
      client: known(chunk.client[at]),
    };
  }
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function known(number: number | undefined): number | undefined {
  return number === undefined || number < 0 ? undefined : number;
}
