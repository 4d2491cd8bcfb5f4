import type { Cluster, Redis } from "ioredis";
import { closedError, SessctlError } from "../core/errors.js";
import { targetOf } from "./access.js";
import { type Client, connect, type ConnectOptions } from "./connect.js";
import { namedInScript } from "./denial.js";
import { failure, ofUnprovenTls } from "./failure.js";
import { pipelined, placeOf, type ServerNode } from "./server-node.js";
import type { BytesCommand, BytesReply, Command, Reply } from "./wire.js";

export type { BytesCommand, BytesReply, Command, Reply } from "./wire.js";

/** Which keys a scan is to find. */
export interface Scan {
  /** Glob pattern of the name. */
  readonly pattern: string;
  /** Only keys of this type; default: any. */
  readonly type?: string;
  /** Keys looked at by one command; default: 500. */
  readonly count?: number;
  /** Keys looked at on each master; default: all. */
  readonly most?: number;
}

/** How ioredis is told whether replies are text or bytes. */
type Call = "call" | "callBuffer";

/** Keys looked at by one SCAN: well under a millisecond of Redis's time. */
const scanCount = 500;

/** Most commands in one pipeline: replies are kept in memory until all have come. */
const pipelineLength = 1000;

/**
 * The one door to Redis: every command answers within the timeout, and every failure is a `SessctlError` or a bug.
 * A command that timed out may still be carried out.
 */
export class Commands {
  readonly #client: Client;
  readonly #owned: boolean;
  readonly #timeoutMs: number;
  readonly #onError = (error: Error) => (this.#connectionError = error);
  readonly #onReady = () => (this.#connectionError = undefined);
  readonly #database: number;
  readonly #fromReplicas: boolean;
  /** Of the ACL. */
  readonly #user: string;
  #connectionError: Error | undefined;
  /** With TLS, until the first answer: what fails before it may be for want of the right certificate. */
  #unprovenTls: { readonly hasCertificate: boolean } | undefined;
  #selected: Promise<unknown> | undefined;
  #closed = false;

  /** `redis`: a URL, whose connection `close` ends, or a client, which stays its owner's. */
  constructor(redis: string | Client, options: ConnectOptions) {
    this.#owned = typeof redis === "string";
    this.#timeoutMs = options.timeoutMs;
    this.#fromReplicas = options.fromReplicas ?? false;
    if (typeof redis === "string" && redis.startsWith("rediss")) {
      this.#unprovenTls = { hasCertificate: options.tls?.cert !== undefined };
    }
    this.#database = typeof redis === "string" ? targetOf(redis, options).db : 0;
    if (typeof redis !== "string" && !isClient(redis)) {
      throw new SessctlError("invalid-argument", "redis must be a URL or a client of ioredis", {
        hint: 'Such as "redis://127.0.0.1:6379".',
      });
    }
    this.#client = typeof redis === "string" ? connect(redis, options) : redis;
    this.#user = (typeof redis === "string" ? targetOf(redis, options).username : usernameOf(redis)) ?? "default";
    this.#client.on("error", this.#onError);
    this.#client.on("ready", this.#onReady);
  }

  /** Whether keys of different shards may stand in one command: not in a cluster. */
  get acrossShards(): boolean {
    return !isCluster(this.#client);
  }

  /** Runs one command. */
  async run(command: Command): Promise<Reply> {
    const [reply] = await this.many([command]);
    if (reply instanceof Error) throw reply;
    return reply ?? null;
  }

  /** Runs commands in as few round trips as the topology allows. One that fails has its error in place of its reply. */
  async many(commands: readonly Command[]): Promise<(Reply | Error)[]> {
    return (await this.#inPipelines(commands, "call")) as (Reply | Error)[];
  }

  /** Runs commands as `many` does, on bytes. */
  async manyBytes(commands: readonly BytesCommand[]): Promise<(BytesReply | Error)[]> {
    return (await this.#inPipelines(commands, "callBuffer")) as (BytesReply | Error)[];
  }

  /** A reply as it is, and an error inside one as users should see it. */
  told<Told>(reply: Told | Error): Told | Error {
    if (reply instanceof Error) return this.#failure(reply);
    this.#unprovenTls = undefined;
    return reply;
  }

  /** An error of a script with this source; where Redis denies it a command, with that command's name. */
  ofScript(error: Error, source: string): Error {
    return namedInScript(error, source, this.#user);
  }

  /** Runs commands of which none may fail. */
  async all(commands: readonly Command[]): Promise<Reply[]> {
    return (await this.many(commands)).map((reply) => {
      if (reply instanceof Error) throw reply;
      return reply;
    });
  }

  /** Every server that this client knows, masters first. Throws when none answers. */
  async nodes(): Promise<readonly ServerNode[]> {
    const [answer] = await this.many([["PING"]]);
    // One that cannot save takes no PING either, and tells what is wrong with it.
    if (answer instanceof Error && !answer.message.includes("MISCONF")) throw answer;
    const node = (client: Redis, role: ServerNode["role"]): ServerNode => ({
      ...placeOf(client),
      role,
      many: async (commands) => {
        const replies = await this.#guard(() => pipelined(client, commands, "call"));
        return replies.map((reply) => this.told(reply)) as (Reply | Error)[];
      },
    });
    const replicas = isCluster(this.#client) ? this.#client.nodes("slave") : [];
    return [
      ...(await this.#masters()).map((client) => node(client, "master")),
      ...replicas.map((client) => node(client, "replica")),
    ];
  }

  /**
   * The keys that match, on every master, one batch for each command, empty ones among them; a key may be told twice.
   * The next batch is on its way while one is worked on, and no more than that.
   */
  async *scan({ pattern, type, count = scanCount, most = Infinity }: Scan): AsyncIterable<readonly string[]> {
    const filter = ["MATCH", pattern, "COUNT", count, ...(type === undefined ? [] : ["TYPE", type])];
    for (const server of await this.#scanned()) {
      const next = (cursor: string) =>
        this.#guard(() => server.call("SCAN", cursor, ...filter) as Promise<[string, string[]]>);
      let reply = await next("0");
      for (let looked = count; reply[0] !== "0" && looked < most; looked += count) {
        const following = next(reply[0]);
        // It is waited for below; until then its failure is nobody's.
        following.catch(() => undefined);
        yield reply[1];
        reply = await following;
      }
      yield reply[1];
    }
  }

  /** How many keys there are. */
  async keyCount(): Promise<number> {
    const counts = await Promise.all((await this.#masters()).map((master) => this.#guard(() => master.dbsize())));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** What every master answers to INFO with these sections. */
  async infos(sections: readonly string[]): Promise<readonly string[]> {
    const masters = await this.#masters();
    return Promise.all(masters.map((master) => this.#guard(() => master.info(...sections))));
  }

  /** The server's clock, ms since 1970; in a cluster that of one of them. */
  async time(): Promise<number> {
    const reply = await this.run(["TIME"]);
    const [seconds, microseconds] = Array.isArray(reply) ? reply.map(Number) : [];
    return (seconds ?? 0) * 1000 + (microseconds ?? 0) / 1000;
  }

  /** Waits at most `timeoutMs` for so many replicas to have what this connection wrote; resolves to how many have, on the master that has fewest. */
  async replicated(replicas: number, timeoutMs: number): Promise<number> {
    const counts = await Promise.all(
      (await this.#masters()).map((master) =>
        this.#guard(() => master.call("WAIT", replicas, timeoutMs), timeoutMs + this.#timeoutMs),
      ),
    );
    return Math.min(...counts.map(Number));
  }

  /** Ends the connection if it was opened here. Running commands are given up. */
  close(): void {
    this.#closed = true;
    // A client of ours keeps its listener: an error of its last moments must not be an unhandled one.
    if (this.#owned) return this.#client.disconnect();
    this.#client.off("error", this.#onError);
    this.#client.off("ready", this.#onReady);
  }

  async #masters(): Promise<readonly Redis[]> {
    if (!isCluster(this.#client)) return [this.#client];
    // A cluster's client knows no node before it has talked to one.
    await this.run(["PING"]);
    return this.#client.nodes("master");
  }

  /** The servers that together have every key: the masters, or a replica of each that has one. */
  async #scanned(): Promise<readonly Redis[]> {
    const masters = await this.#masters();
    if (!isCluster(this.#client) || !this.#fromReplicas) return masters;
    const replicas = new Map(this.#client.nodes("slave").map((replica) => [addressOf(replica), replica]));
    const followers = new Map(this.#client.slots.map(([master = "", ...others]) => [master, others]));
    return masters.map((master) => {
      const own = (followers.get(addressOf(master)) ?? []).flatMap((address) => replicas.get(address) ?? []);
      return own[0] ?? master;
    });
  }

  async #inPipelines(commands: readonly BytesCommand[], call: Call): Promise<unknown[]> {
    const replies: unknown[] = [];
    for (let start = 0; start < commands.length; start += pipelineLength) {
      const chunk = commands.slice(start, start + pipelineLength);
      replies.push(...(await this.#guard(() => this.#send(chunk, call))));
    }
    return replies.map((reply) => this.told(reply));
  }

  async #send(commands: readonly BytesCommand[], call: Call): Promise<unknown[]> {
    if (commands.length === 1 || isCluster(this.#client)) {
      // A cluster's pipeline may only hold keys of one node; its client sends each command where it belongs.
      // Only by its name in small letters does the client know that a command changes nothing.
      const named = (name: string) => (this.#fromReplicas ? name.toLowerCase() : name);
      const results = await Promise.allSettled(
        commands.map(([name, ...args]) => this.#client[call](named(name), ...args)),
      );
      return results.map((result) => (result.status === "fulfilled" ? result.value : asError(result.reason)));
    }
    return pipelined(this.#client, commands, call);
  }

  async #guard<T>(send: () => Promise<T>, withinMs = this.#timeoutMs): Promise<T> {
    if (this.#closed) throw closedError();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      // What has come by then counts, also when this process was too busy to look.
      timer = setTimeout(() => setImmediate(() => reject(this.#timeout(withinMs))), withinMs);
    });
    try {
      return await Promise.race([this.#inDatabase().then(send), timeout]);
    } catch (error) {
      throw this.#failure(asError(error));
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Makes sure of the database once before the first command: a client that is refused the one it wants stays in
   * database 0 and goes on, in which nothing of ours may be read or ended.
   */
  async #inDatabase(): Promise<void> {
    if (this.#database === 0) return;
    this.#selected ??= this.#client.call("SELECT", this.#database).catch((error: unknown) => {
      this.#selected = undefined;
      throw error;
    });
    await this.#selected;
  }

  #failure(error: Error): Error {
    const told = asError(failure(error, this.#connectionError, this.#user));
    return this.#unprovenTls === undefined ? told : ofUnprovenTls(told, this.#unprovenTls.hasCertificate);
  }

  #timeout(withinMs: number): Error {
    // A connection that failed says more than that nothing came back.
    if (this.#connectionError !== undefined) return this.#failure(this.#connectionError);
    return new SessctlError("timeout", `Redis did not answer within ${withinMs} ms`, {
      hint: this.#unprovenTls
        ? "Check the port: a server without TLS never answers one with it."
        : "See whether the server is overloaded or paused, or allow more time.",
    });
  }
}

function usernameOf(client: Client): string | null | undefined {
  return isCluster(client) ? client.options.redisOptions?.username : client.options.username;
}

/** How a cluster's client names a node. */
function addressOf({ options: { host, port } }: Redis): string {
  return `${host}:${port}`;
}

/** What was thrown, as an error. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function isClient(redis: unknown): redis is Client {
  return typeof redis === "object" && redis !== null && "call" in redis && "pipeline" in redis;
}

/** As the client says itself: its class is loaded only by whoever connects to a cluster. */
function isCluster(client: Client): client is Cluster {
  return client.isCluster;
}
