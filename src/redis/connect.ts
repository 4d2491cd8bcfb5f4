import { Cluster, Redis } from "ioredis";
import { type AccessOptions, socketTls, targetOf } from "./access.js";
import type { Target } from "./url.js";

/** A client of ioredis, of whichever topology. */
export type Client = Redis | Cluster;

/** How a client that we open ourselves behaves. */
export interface ConnectOptions extends AccessOptions {
  readonly timeoutMs: number;
  /** Whether to keep trying when the connection is lost, or to fail at once and for good. */
  readonly reconnect: boolean;
  /** Whether commands that change nothing go to a cluster's replicas; default `false`. */
  readonly fromReplicas?: boolean | undefined;
}

/** Longest wait between two attempts to reconnect. */
const longestRetryMs = 1000;

/** Opens a client for a URL; `invalid-url` when it is none, `invalid-argument` for options that do not go with it. Connecting goes on in the background: the first command tells. */
export function connect(url: string, options: ConnectOptions): Client {
  const target = targetOf(url, options);
  const common = commonOptions(target, options);
  const retry = (times: number) => (options.reconnect ? Math.min(50 * 2 ** times, longestRetryMs) : null);
  switch (target.kind) {
    case "tcp":
      return new Redis({
        ...common,
        host: target.host,
        port: target.port,
        retryStrategy: retry,
      });
    case "unix":
      return new Redis({ ...common, path: target.path, retryStrategy: retry });
    case "sentinel":
      return new Redis({
        ...common,
        sentinels: [...target.sentinels],
        ...(target.tls ? { enableTLSForSentinelMode: true, sentinelTLS: socketTls(options.tls) } : {}),
        name: target.master,
        retryStrategy: retry,
        sentinelRetryStrategy: retry,
      });
    case "cluster":
      // Without a delay the client does not send commands again by itself whose connection broke: see below.
      return new Cluster([...target.nodes], {
        // A node gets what one turn of the event loop has for it in one write. On a single server pipelines do that, and
        // this would only cost: a quarter of a validation's time.
        redisOptions: { ...common, enableAutoPipelining: true },
        clusterRetryStrategy: retry,
        scaleReads: options.fromReplicas === true ? "slave" : "master",
        retryDelayOnFailover: 0,
      });
  }
}

function commonOptions(target: Target, { timeoutMs, tls }: ConnectOptions) {
  return {
    db: target.db,
    ...(target.username === undefined ? {} : { username: target.username }),
    ...(target.password === undefined ? {} : { password: target.password }),
    ...(target.kind !== "unix" && target.tls ? { tls: socketTls(tls) } : {}),
    connectTimeout: timeoutMs,
    // A connection that has failed already would otherwise keep the process alive for two seconds more.
    disconnectTimeout: 100,
    // A connection that was forgotten on the way is open and dead: without an answer for so long it is given up.
    socketTimeout: 2 * timeoutMs,
    // A server that loads its data answers so by itself, and is asked again at the next command rather than by a timer.
    enableReadyCheck: false,
    // A command whose reply was lost may have been carried out: its caller decides whether to send it again, not the client.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Whoever looks at CLIENT LIST should know whose connection this is.
    connectionName: "sessctl",
    disableClientInfo: true,
  };
}
