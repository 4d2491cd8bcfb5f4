import { SessctlError } from "../core/errors.js";
import type { Clock, Trail, TrailRead } from "../core/ports.js";
import { ChainCheck, type ChainCounters, type ChainReport, type StoredEntry } from "../core/trail-chain.js";
import { noHash, numberOf, readEntry, sealEntry, type TrailStep } from "../core/trail.js";
import type { Commands, Reply } from "./commands.js";
import type { ScriptRunner } from "./script.js";
import { appendTrailScript } from "./scripts/append-trail.js";

/** Entries read at once. */
const pageLength = 500;
/** Each attempt that fails is another operator's success. */
const attempts = 1000;

/** A connection to where the trail is. */
export interface TrailConnection {
  readonly commands: Commands;
  readonly scripts: ScriptRunner;
}

/** What a trail works with. */
export interface TrailParts {
  /** Called once, before the first operation. */
  readonly connect: () => TrailConnection;
  /** Key of the stream. */
  readonly key: string;
  readonly clock: Clock;
}

/** The operators' trail in a stream of Redis. */
export class RedisTrail implements Trail {
  readonly name: string;
  readonly #connect: () => TrailConnection;
  readonly #clock: Clock;
  #connection: TrailConnection | undefined;

  constructor({ connect, key, clock }: TrailParts) {
    this.name = key;
    this.#connect = connect;
    this.#clock = clock;
  }

  async append(step: TrailStep): Promise<number> {
    const { scripts } = this.#connected;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { after, n, hash } = await this.#end();
      const sealed = sealEntry({ ...step, n: n + 1, previous: hash, at: this.#clock() });
      if ((await scripts.run(appendTrailScript, { after, ...sealed })) === "ok") return n + 1;
    }
    throw new SessctlError("conflict", `${attempts} others wrote into the trail first`, { hint: "Try again." });
  }

  async *newestFirst(): AsyncIterable<readonly TrailRead[]> {
    for await (const page of this.#backwards()) yield page.map(readStored);
  }

  async after(place: string | undefined): Promise<readonly TrailRead[]> {
    const found: StoredEntry[] = [];
    for await (const page of this.#forwards(place, "+")) found.push(...page);
    return found.map(readStored);
  }

  async verify(earlier?: string, onRead?: (entries: number) => void): Promise<ChainReport | undefined> {
    const info = await this.#info();
    if (info === undefined && earlier === undefined) return undefined;
    const check = new ChainCheck(earlier);
    if (info === undefined) return check.end(undefined);
    // What others add meanwhile is for the next check: Redis's counts are of before.
    for await (const page of this.#forwards(undefined, info.last)) {
      for (const entry of page) check.add(entry);
      onRead?.(page.length);
    }
    return check.end(info);
  }

  time(): Promise<number> {
    return this.#connected.commands.time();
  }

  close(): Promise<void> {
    this.#connection?.commands.close();
    return Promise.resolve();
  }

  get #connected(): TrailConnection {
    return (this.#connection ??= this.#connect());
  }

  /** The stream's last entry, and the number and hash of the last that is an entry of a trail: what else lies there is passed over. */
  async #end(): Promise<{ readonly after: string | undefined; readonly n: number; readonly hash: string }> {
    let after: string | undefined;
    for await (const page of this.#backwards(1)) {
      after ??= page[0]?.place;
      for (const { text, hash } of page) {
        const n = text === undefined ? undefined : numberOf(text);
        if (n !== undefined && hash !== undefined) return { after, n, hash };
      }
    }
    return { after, n: 0, hash: noHash };
  }

  async *#backwards(first = pageLength): AsyncGenerator<readonly StoredEntry[]> {
    let end = "+";
    for (let length = first; ; length = pageLength) {
      const reply = await this.#connected.commands.run(["XREVRANGE", this.name, end, "-", "COUNT", length]);
      const page = stored(reply);
      if (page.length > 0) yield page;
      if (page.length < length) return;
      end = `(${page.at(-1)?.place}`;
    }
  }

  async *#forwards(after: string | undefined, last: string): AsyncGenerator<readonly StoredEntry[]> {
    let start = after === undefined ? "-" : `(${after}`;
    for (;;) {
      const reply = await this.#connected.commands.run(["XRANGE", this.name, start, last, "COUNT", pageLength]);
      const page = stored(reply);
      if (page.length > 0) yield page;
      if (page.length < pageLength) return;
      start = `(${page.at(-1)?.place}`;
    }
  }

  /** What Redis counts, and the greatest id there ever was; `undefined` without a stream. */
  async #info(): Promise<(ChainCounters & { readonly last: string }) | undefined> {
    const [reply] = await this.#connected.commands.many([["XINFO", "STREAM", this.name]]);
    if (reply instanceof Error) {
      if (/no such key/.test(reply.message)) return undefined;
      throw reply;
    }
    const flat = Array.isArray(reply) ? reply : [];
    const named = (name: string) => {
      if (flat.includes(name)) return String(flat[flat.indexOf(name) + 1]);
      throw new SessctlError("unsupported", "this Redis does not count what was added to a stream", {
        hint: "Redis 7.0 or newer, or Valkey, is needed.",
      });
    };
    const deletedUpTo = named("max-deleted-entry-id");
    return {
      added: Number(named("entries-added")),
      deletedUpTo: deletedUpTo === "0-0" ? undefined : deletedUpTo,
      last: named("last-generated-id"),
    };
  }
}

function readStored({ place, text, hash }: StoredEntry): TrailRead {
  const entry = text === undefined ? "its fields are not e and h" : readEntry(text);
  const storedAt = Number.parseInt(place, 10);
  return typeof entry === "string" ? { place, storedAt, hash, unreadable: entry } : { place, storedAt, hash, entry };
}

/** Entries of a stream, `[id, [field, value, …]]`. */
function stored(reply: Reply): readonly StoredEntry[] {
  if (!Array.isArray(reply)) return [];
  return reply.map((raw) => {
    const [place, fields] = raw as [string, string[]];
    const isEntry = fields.length === 4 && fields[0] === "e" && fields[2] === "h";
    return { place, text: isEntry ? fields[1] : undefined, hash: isEntry ? fields[3] : undefined };
  });
}
