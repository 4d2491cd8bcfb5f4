/** Something read from a server, or why it could not be: managed services deny much of it, and a node may be away. */
export type Reading<Value> =
  | { readonly known: true; readonly value: Value }
  | { readonly known: false; readonly why: string };

/** What one user of a server may do, as `ACL LIST` tells it. Passwords stay where they are. */
export interface AclUser {
  readonly name: string;
  readonly on: boolean;
  /** Whether any password is taken. */
  readonly nopass: boolean;
  /** How many passwords are set. */
  readonly passwords: number;
  readonly permissions: AclPermissions;
  /** Further sets of permissions, of which each stands for itself. */
  readonly selectors: readonly AclPermissions[];
}

/** Commands on keys, in the words of Redis. */
export interface AclPermissions {
  /** `+@all`, `-flushall`, `+config|get`, in order: a later one overrules an earlier. */
  readonly commands: readonly string[];
  /** `~*`, `%R~sc:*`. */
  readonly keys: readonly string[];
}

/** One reading of a server's clock, all in ms since 1970. */
export interface ServerTime {
  readonly serverAt: number;
  /** By the clock of this machine, before the question and after the answer. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** A call that the server found slow. What it was called with is not told: a session's data may be in it. */
export interface SlowCall {
  /** ms since 1970. */
  readonly at: number;
  readonly tookMs: number;
  /** In upper case, as `EVALSHA`. */
  readonly command: string;
  /** The script of this release that it ran, as `revoke_user`; `undefined` for everything else. */
  readonly script: string | undefined;
}

/** How a connection reaches a server. */
export type Transport = "tls" | "tcp" | "socket";

/** What was read from one server, without changing anything there. */
export interface ServerReport {
  /** `host:port`, or the path of a socket. */
  readonly name: string;
  readonly transport: Transport;
  /** Whether the connection stays on this machine. */
  readonly local: boolean;
  /** What it is to the others, by its own word; where it does not tell, how it was reached. */
  readonly role: "master" | "replica";
  /** The fields of `INFO`. */
  readonly info: Reading<ReadonlyMap<string, string>>;
  /** The parameters of `CONFIG GET` that bear on sessions; one that this server does not have is left out. */
  readonly config: Reading<ReadonlyMap<string, string>>;
  /** Whom the server takes us for. */
  readonly user: Reading<string>;
  readonly users: Reading<readonly AclUser[]>;
  readonly time: Reading<ServerTime>;
  /** The fields of `CLUSTER INFO`; `undefined` where the server is not part of a cluster. */
  readonly cluster: Reading<ReadonlyMap<string, string>> | undefined;
  /** The latest slow calls, newest first. */
  readonly slowCalls: Reading<readonly SlowCall[]>;
}

/** Reads how the servers behind the sessions are set up. */
export interface ServerInspector {
  /**
   * Every server that is reached: all masters of a cluster and their replicas, else the one that the connection is to.
   * What one of them does not tell is in its report. Throws when none can be reached.
   */
  inspect(): Promise<readonly ServerReport[]>;
  close(): Promise<void>;
}
