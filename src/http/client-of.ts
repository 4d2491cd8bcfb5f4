import { SessctlError } from "../core/errors.js";
import type { Client } from "../core/session.js";
import { networks, normalAddress } from "./address.js";
import { forwardedElements, forwardedFor } from "./forwarded.js";

/** What a request tells about its client; Node's own request has it. */
export interface ClientRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket?: { readonly remoteAddress?: string | undefined } | undefined;
}

/** Whose word is taken for the client's address. */
export interface ProxyOptions {
  /**
   * The proxies in front of the application: how many there are, or their networks (`["10.0.0.0/8", "fd00::/8"]`, and
   * `"unix"` for one that connects over a Unix socket). Default: none, and every header is ignored. A number is only right
   * when nobody can reach the application past the proxies.
   */
  readonly trustedProxies?: number | readonly string[];
  /** The header in which those proxies report: they must append to it or replace it. Default: `"x-forwarded-for"`. */
  readonly forwardedHeader?: "x-forwarded-for" | "forwarded";
}

/** Most proxies that can be trusted by number; more is a mistake. */
const mostProxies = 16;

/**
 * A reader of requests' clients. The address is the socket's, or what the outermost trusted proxy reports, read from
 * the right; `undefined` when that proxy's report is no address.
 */
export function clientReaderFor(options: ProxyOptions = {}): (request: ClientRequest) => Client {
  const { trustedProxies, forwardedHeader = "x-forwarded-for" } = options;
  const isProxy = trustedProxies === undefined ? () => false : trustOf(trustedProxies);
  return ({ headers, socket }) => {
    const header = headers[forwardedHeader];
    const text = Array.isArray(header) ? header.join(",") : (header ?? "");
    const userAgent = headers["user-agent"];
    return {
      ip: addressOf(socket?.remoteAddress, text, forwardedHeader, isProxy),
      userAgent: typeof userAgent === "string" ? userAgent : undefined,
    };
  };
}

type Trust = (address: string | undefined, hop: number) => boolean;

function trustOf(proxies: number | readonly string[]): Trust {
  if (typeof proxies === "number") {
    if (Number.isInteger(proxies) && proxies >= 0 && proxies <= mostProxies) return (_, hop) => hop < proxies;
    throw new SessctlError("invalid-argument", `trustedProxies must be a number from 0 to ${mostProxies}, or networks`);
  }
  if (!Array.isArray(proxies)) {
    throw new SessctlError("invalid-argument", "trustedProxies must be a number or a list of networks", {
      hint: "There is no way to trust every sender: anybody could claim any address.",
    });
  }
  const inside = networks(proxies.filter((text) => text !== "unix"));
  const unix = proxies.includes("unix");
  return (address, hop) => (address === undefined ? unix && hop === 0 : inside(address));
}

function addressOf(remote: string | undefined, text: string, header: string, isProxy: Trust): string | undefined {
  let address = normalAddress(remote);
  if (text === "" || !isProxy(address, 0)) return address;
  const reports = header === "forwarded" ? forwardedElements(text) : forwardedFor(text);
  for (const [n, report] of reports.entries()) {
    address = normalAddress(report);
    if (address === undefined || !isProxy(address, n + 1)) return address;
  }
  return address;
}
