import type { Sighting, SessionData, SessionRecord } from "../core/session.js";
import type { SessionId } from "../core/token.js";
import type { Sealer } from "./sealer.js";

/*
 * The stored form of a session, described for other languages in docs/layout.md.
 */

const version = 1;

/** A record that could not be decoded, and why. */
export interface Corrupt {
  readonly corrupt: string;
}

/** A record whose data is sealed by a key that the reader lacks: it reads as empty, and is written back as it was. */
export interface SealedRecord extends SessionRecord {
  readonly sealed?: string;
}

/** Whether sealed data that no key opens makes a record unreadable (for an application) or is passed over (for an operator). */
export interface CodecOptions {
  readonly sealer: Sealer | undefined;
  readonly passSealed: boolean;
}

/** Writes and reads the records of one store. */
export class RecordCodec {
  readonly #options: CodecOptions;

  constructor(options: CodecOptions) {
    this.#options = options;
  }

  /** The stored text of the record with this id. */
  encode(id: SessionId, record: SealedRecord): string {
    const { sealer } = this.#options;
    if (record.sealed !== undefined) return encodeRecord(record, record.sealed);
    const plain = Object.keys(record.data).length === 0;
    return encodeRecord(record, plain ? undefined : sealer?.seal(id, JSON.stringify(record.data)));
  }

  /** The record of this id from its stored text. */
  decode(id: SessionId, text: string): SealedRecord | Corrupt {
    const decoded = decodeRecord(text);
    if (isCorrupt(decoded) || decoded.sealed === undefined) return decoded;
    const { sealed, ...record } = decoded;
    const opened = this.#options.sealer?.open(id, sealed);
    if (opened !== undefined) return { ...record, data: JSON.parse(opened) as SessionData };
    return this.#options.passSealed ? decoded : { corrupt: "its data is sealed, and no key opens it" };
  }
}

/** Writes a record, with its data sealed or plain. */
export function encodeRecord(record: SessionRecord, sealed?: string): string {
  return JSON.stringify({
    v: version,
    i: record.idleMs,
    e: record.endsAt,
    c: record.createdAt,
    u: record.user,
    l: record.level,
    a: record.authenticatedAt,
    r: record.rotatedAt === record.createdAt ? undefined : record.rotatedAt,
    s: encodeSightings(record.sightings, record.createdAt),
    d: sealed !== undefined || Object.keys(record.data).length === 0 ? undefined : record.data,
    x: sealed,
  });
}

/** Reads a record; whatever is wrong with it is said, never thrown. */
export function decodeRecord(text: string): SealedRecord | Corrupt {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { corrupt: "not JSON" };
  }
  if (!isObject(raw)) return { corrupt: "not a JSON object" };
  if (raw["v"] !== version) {
    return {
      corrupt:
        typeof raw["v"] === "number"
          ? `record version ${raw["v"]}, this release reads ${version}`
          : "no record version",
    };
  }
  const { i, e, c, u, l, a, r, d, x } = raw;
  if (!isCount(i) || !isCount(e) || !isCount(c))
    return { corrupt: "idle window, deadline or creation is not a number" };
  if (!isOptional(u, "string") || !isOptional(l, "string")) return { corrupt: "user or level is not a string" };
  if (!isOptional(a, "number") || !isOptional(r, "number")) return { corrupt: "a time is not a number" };
  if (d !== undefined && !isObject(d)) return { corrupt: "data is not an object" };
  if (!isOptional(x, "string")) return { corrupt: "sealed data is not a string" };
  const sightings = decodeSightings(raw["s"], c);
  if (sightings === undefined) return { corrupt: "sightings are not a list of [ms, ip, user agent]" };
  const record = {
    user: u,
    level: l,
    createdAt: c,
    authenticatedAt: a,
    rotatedAt: r ?? c,
    endsAt: e,
    idleMs: i,
    sightings,
    // JSON.parse made it, so it holds nothing but JSON.
    data: (d ?? {}) as SessionData,
  };
  return x === undefined ? record : { ...record, sealed: x };
}

/** Whether decoding failed. */
export function isCorrupt(record: SealedRecord | Corrupt): record is Corrupt {
  return "corrupt" in record;
}

/** A sighting is [ms since creation, ip, user agent]; 0 stands for "the same as the one before", null for none. */
type StoredSighting = [number, string | 0 | null, string | 0 | null];

function encodeSightings(sightings: readonly Sighting[], createdAt: number): StoredSighting[] {
  return sightings.map(({ at, ip, userAgent }, index) => {
    const before = sightings[index - 1];
    return [
      at - createdAt,
      before !== undefined && before.ip === ip ? 0 : (ip ?? null),
      before !== undefined && before.userAgent === userAgent ? 0 : (userAgent ?? null),
    ];
  });
}

function decodeSightings(raw: unknown, createdAt: number): SessionRecord["sightings"] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const sightings: Sighting[] = [];
  let before: Sighting | undefined;
  for (const entry of raw as unknown[]) {
    if (!Array.isArray(entry)) return undefined;
    const [ms, ip, userAgent] = entry as unknown[];
    if (typeof ms !== "number" || !isPart(ip) || !isPart(userAgent)) return undefined;
    before = {
      at: createdAt + ms,
      ip: ip === 0 ? before?.ip : (ip ?? undefined),
      userAgent: userAgent === 0 ? before?.userAgent : (userAgent ?? undefined),
    };
    sightings.push(before);
  }
  return isSome(sightings) ? sightings : undefined;
}

function isSome<Item>(list: readonly Item[]): list is readonly [Item, ...Item[]] {
  return list.length > 0;
}

function isPart(value: unknown): value is string | 0 | null {
  return typeof value === "string" || value === 0 || value === null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOptional(value: unknown, type: "string"): value is string | undefined;
function isOptional(value: unknown, type: "number"): value is number | undefined;
function isOptional(value: unknown, type: string): boolean {
  return value === undefined || typeof value === type;
}
