import { SessctlError } from "../core/errors.js";
import { safeJson } from "../core/safe-text.js";

/** Where a Redis is, as one URL says it. */
export type Target = Access &
  (
    | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly tls: boolean }
    | { readonly kind: "unix"; readonly path: string }
    | {
        readonly kind: "sentinel";
        readonly sentinels: readonly Address[];
        readonly master: string;
        readonly tls: boolean;
      }
    | { readonly kind: "cluster"; readonly nodes: readonly Address[]; readonly tls: boolean }
  );

/** Credentials and database, common to all kinds. */
export interface Access {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

const forms =
  "redis://host:6379/0, redis+unix:///path/to/socket, redis+sentinel://host,host/master or redis+cluster://host,host, with TLS rediss://host, rediss+sentinel://… or rediss+cluster://…";

const urlParts = /^([a-z+]+):\/\/(?:([^@/]*)@)?([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?$/;

/** Reads a connection URL; `invalid-url` says which forms there are. The password is never part of the message. */
export function parseUrl(url: string): Target {
  const match = urlParts.exec(url);
  if (match === null) throw invalidUrl(url, "it is not a URL");
  const [, scheme, userInfo, hosts = "", path = "", query = ""] = match;
  const access = { ...credentials(url, userInfo), db: 0 };
  const tls = scheme?.startsWith("rediss") === true;
  switch (scheme) {
    case "redis":
    case "rediss": {
      const [address, ...others] = addresses(url, hosts, 6379);
      if (address === undefined || others.length > 0) throw invalidUrl(url, "it must name one host");
      return { kind: "tcp", ...address, tls, ...access, db: database(url, path.slice(1)) };
    }
    case "redis+unix": {
      if (hosts !== "" || path.length < 2) throw invalidUrl(url, "a socket needs three slashes and its whole path");
      const db = database(url, new URLSearchParams(query).get("db") ?? "");
      return { kind: "unix", path: decoded(url, path), ...access, db };
    }
    case "redis+sentinel":
    case "rediss+sentinel": {
      const master = decoded(url, path.slice(1));
      if (master === "") throw invalidUrl(url, "the name of the master must follow the hosts");
      return { kind: "sentinel", sentinels: addresses(url, hosts, 26_379), master, tls, ...access };
    }
    case "redis+cluster":
    case "rediss+cluster":
      if (path.length > 1) throw invalidUrl(url, "a cluster has no numbered databases");
      return { kind: "cluster", nodes: addresses(url, hosts, 6379), tls, ...access };
    default:
      throw invalidUrl(url, `it begins with ${scheme}://`);
  }
}

/** The URL with its password replaced by `***`; safe to show also for text that is no URL. */
export function redactUrl(url: string): string {
  // Up to the last @, since a password that was not escaped may hold one.
  return url.replace(/^([a-z+]+:\/\/)?(.*)@/is, (_, scheme: string | undefined, userInfo: string) => {
    const user = userInfo.split(":")[0] ?? "";
    return `${scheme ?? ""}${userInfo.includes(":") ? `${user}:***` : user}@`;
  });
}

function invalidUrl(url: string, why: string): SessctlError {
  return new SessctlError("invalid-url", `not a Redis URL: ${safeJson(redactUrl(url))}; ${why}`, {
    hint: `Use ${forms}.`,
  });
}

function credentials(url: string, userInfo: string | undefined): Pick<Access, "username" | "password"> {
  if (userInfo === undefined || userInfo === "") return { username: undefined, password: undefined };
  const colon = userInfo.indexOf(":");
  const user = colon === -1 ? userInfo : userInfo.slice(0, colon);
  return {
    username: user === "" ? undefined : decoded(url, user),
    password: colon === -1 ? undefined : decoded(url, userInfo.slice(colon + 1)),
  };
}

function addresses(url: string, hosts: string, defaultPort: number): Address[] {
  return hosts.split(",").map((text) => {
    const match = /^(?:\[([0-9a-f:.]+)\]|([^:@[\]\s]+))(?::(\d+))?$/i.exec(text);
    const host = match?.[1] ?? match?.[2];
    const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
    if (host === undefined) throw invalidUrl(url, "it names no host");
    if (port < 1 || port > 65_535) throw invalidUrl(url, `${port} is not a port`);
    return { host, port };
  });
}

function database(url: string, text: string): number {
  if (text === "") return 0;
  if (!/^\d{1,5}$/.test(text)) throw invalidUrl(url, "the database must be a number");
  return Number(text);
}

function decoded(url: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidUrl(url, "a % in it is not part of an escape");
  }
}
