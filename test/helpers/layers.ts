/** What the files of one folder of src/ may import. */
export interface Layer {
  /** The folder, or the file directly in src/, that the rule is for. */
  readonly name: string;
  /** The layers it may import beside itself. */
  readonly layers: readonly string[];
  /** The layers it may import by `import()` only. */
  readonly lazy?: readonly string[];
  /** The packages it may import, and the modules of Node's own; `node:*` stands for all of those. */
  readonly packages: readonly string[];
  /** Layers that only the named files of this layer may import. */
  readonly only?: Readonly<Record<string, readonly string[]>>;
  readonly why: string;
}

/** Who may import whom. A new folder of src/ is one entry here. */
export const layers: readonly Layer[] = [
  {
    name: "core",
    layers: [],
    packages: ["node:crypto"],
    why: "what a session is must be readable, testable and portable without anything around it",
  },
  {
    name: "clients",
    layers: ["core"],
    packages: ["ua-parser-js", "ipaddr.js", "isbot", "mmdb-lib"],
    why: "reading addresses and user agents is pure; core is handed what it needs of it",
  },
  {
    name: "layouts",
    layers: ["core", "clients"],
    packages: ["node:crypto", "node:zlib"],
    why: "decoding how a framework stores its sessions is pure: bytes in, sessions out",
  },
  {
    name: "html",
    layers: ["core"],
    packages: ["node:crypto"],
    why: "one place escapes what goes into a page",
  },
  {
    name: "audit",
    layers: ["core", "clients", "html"],
    packages: ["node:crypto"],
    why: "rules judge sessions, wherever these come from",
  },
  {
    name: "doctor",
    layers: ["core"],
    packages: [],
    why: "checks judge what was read from a server, whoever read it",
  },
  {
    name: "memory",
    layers: ["core", "clients"],
    packages: ["node:crypto"],
    why: "the reference for the store on Redis must not share code with it beyond core",
  },
  {
    name: "redis",
    layers: ["core", "clients", "layouts"],
    packages: ["ioredis", "node:*"],
    why: "the only folder that knows the Redis client, so that another client is one folder's work",
  },
  {
    name: "http",
    layers: ["core", "clients"],
    packages: ["node:*", "fastify"],
    why: "cookies and frameworks sit on the store's port, whichever store it is; of a framework they import types only",
  },
  {
    name: "express-session",
    layers: ["core", "clients", "redis", "http"],
    packages: ["express-session", "node:*"],
    why: "a store for express-session is that framework's own class over Redis, which nobody else is to load",
  },
  {
    name: "app",
    layers: ["core", "clients", "audit", "doctor", "layouts"],
    packages: ["node:crypto", "@marcbachmann/cel-js", "@bufbuild/re2"],
    why: "what an operator does is said once, over the ports, for the command line and the screen alike",
  },
  {
    name: "tui",
    layers: ["core", "clients", "app"],
    packages: ["ink", "react", "chalk", "string-width", "node:*"],
    why: "the screen draws what app tells; it knows neither Redis nor the command line",
  },
  {
    name: "cli",
    layers: ["html", "core", "clients", "app", "audit", "doctor", "layouts", "redis"],
    lazy: ["tui", "demo"],
    packages: ["commander", "chalk", "cli-table3", "string-width", "jsonc-parser", "node:*"],
    only: { redis: ["cli/connection.ts", "cli/foreign-connection.ts", "cli/auto-connection.ts", "cli/config/url.ts"] },
    why: "Redis comes in at one place, and a command that needs neither screen nor demo must not load them",
  },
  {
    name: "demo",
    layers: ["core", "clients", "index.ts"],
    packages: ["node:*"],
    why: "the demo is an application: it uses the public library and the command line as anyone would",
  },
  {
    name: "index.ts",
    layers: ["core", "clients", "layouts", "audit", "memory", "redis", "http", "app"],
    packages: ["node:crypto"],
    why: "the library must not carry the command line along",
  },
];
