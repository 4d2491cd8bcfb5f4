import { SessctlError } from "../core/errors.js";
import { parseUrl, type Target } from "./url.js";

/** How to get in, beside the URL. What the URL says itself goes before it. */
export interface AccessOptions {
  /** User of Redis's ACL. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Number of the database; default 0. */
  readonly db?: number | undefined;
  /** For a URL that begins with `rediss`. */
  readonly tls?: TlsOptions | undefined;
}

/** Certificates and keys as PEM texts. A certificate that cannot be verified is always refused. */
export interface TlsOptions {
  /** The authorities to trust instead of those that Node trusts. */
  readonly ca?: string | undefined;
  /** Our own certificate, where the server asks for one, and its key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name that the server's certificate must be for; default: the host of the URL. */
  readonly servername?: string | undefined;
}

/** Where a Redis is and how to get in; `invalid-url` or `invalid-argument` when the two do not fit together. */
export function targetOf(url: string, access: AccessOptions = {}): Target {
  const target = parseUrl(url);
  const { username, password, db = 0, tls } = access;
  if (tls !== undefined) checkTls(target, tls);
  if (db !== 0 && target.kind === "cluster") {
    throw new SessctlError("invalid-argument", `a cluster has no database ${db}`, { hint: "Leave the database out." });
  }
  if (db !== 0 && target.db !== 0 && db !== target.db) {
    throw new SessctlError("invalid-argument", `the URL names database ${target.db}, and database ${db} is asked for`, {
      hint: "Leave one of them out.",
    });
  }
  return {
    ...target,
    username: target.username ?? username,
    password: target.password ?? password,
    db: target.db === 0 ? db : target.db,
  };
}

function checkTls(target: Target, tls: TlsOptions): void {
  if (target.kind === "unix" || !target.tls) {
    // Who gives certificates believes that the connection is protected.
    throw new SessctlError("invalid-url", "there are options of TLS, but the URL is of a connection without TLS", {
      hint: "Begin the URL with rediss://, rediss+sentinel:// or rediss+cluster://, or leave the options out.",
    });
  }
  if ((tls.cert === undefined) !== (tls.key === undefined)) {
    const [has, lacks] = tls.cert === undefined ? ["a key", "certificate"] : ["a certificate", "key"];
    throw new SessctlError("invalid-argument", `TLS has ${has} of ours without its ${lacks}`, { hint: "Give both." });
  }
  try {
    // A command line without TLS would load it for nothing.
    process.getBuiltinModule("node:tls").createSecureContext(contextOptions(tls));
  } catch (cause) {
    // OpenSSL's words are about PEM and never hold any of it.
    throw new SessctlError("invalid-argument", `TLS cannot use a certificate or key: ${String(cause)}`, {
      hint: "They must be PEM, and the key must be the certificate's, without a passphrase.",
    });
  }
}

function contextOptions({ ca, cert, key }: TlsOptions) {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

/** The options of TLS as Node's sockets take them; the oldest version is 1.2, as Redis's own is. */
export function socketTls(tls: TlsOptions = {}) {
  return {
    ...contextOptions(tls),
    ...(tls.servername === undefined ? {} : { servername: tls.servername }),
    rejectUnauthorized: true,
    minVersion: "TLSv1.2" as const,
  };
}
