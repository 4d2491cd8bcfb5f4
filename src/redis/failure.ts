import { type ErrorCode, SessctlError } from "../core/errors.js";
import { denial } from "./denial.js";

/** Redis's own error codes, and what they mean for the user. The message of the server follows. */
const serverErrors: readonly (readonly [RegExp, ErrorCode, string, string])[] = [
  [
    /^(WRONGPASS|NOAUTH)|invalid username-password|invalid password|without any password configured/,
    "denied",
    "Redis refused the password",
    "Check the user and the password in the URL or profile.",
  ],
  [
    /DB index is out of range|invalid DB index/,
    "invalid-url",
    "Redis has no such database",
    "Check the number at the end of the URL; most servers have 16 databases, and a cluster has one.",
  ],
  [
    /Unknown RESP type|Protocol error/,
    "unreachable",
    "what answers there is not a Redis",
    "Check the host and the port in the URL.",
  ],
  [
    /WRONGTYPE/,
    "wrong-type",
    "a key of this namespace holds something that sessctl did not put there",
    "Look at it with TYPE, and use another namespace or remove the key.",
  ],
  [/^LOADING/, "unavailable", "Redis is loading its data", "Wait until it has loaded and try again."],
  [/^(READONLY|MASTERDOWN)/, "unavailable", "Redis is a replica that takes no writes", "Connect to the master."],
  [/^OOM/, "unavailable", "Redis is out of memory", "Raise maxmemory, or free memory."],
  [
    /^BUSY/,
    "unavailable",
    "Redis is busy with a script that takes too long",
    "It answers again when that has ended; SCRIPT KILL ends one that has written nothing.",
  ],
  [
    /^NOREPLICAS/,
    "unavailable",
    "Redis has fewer replicas than it wants for writes",
    "Bring replicas back: see INFO replication and min-replicas-to-write.",
  ],
  [
    /^MISCONF/,
    "unavailable",
    "Redis takes no writes, since it cannot save them",
    "See its log: the disk may be full, or the folder not be there.",
  ],
  [
    /max number of clients/,
    "unavailable",
    "Redis has as many clients as it takes",
    "Raise maxclients, or see CLIENT LIST for who they are.",
  ],
  [/^(CLUSTERDOWN|TRYAGAIN)/, "unavailable", "Redis cannot serve now", "See the Redis log, and CLUSTER INFO."],
  [
    // The others are what a script gets.
    /unknown command|unknown redis command/i,
    "unsupported",
    "this Redis lacks a command that sessctl needs",
    "Redis 7.0 or newer, or Valkey, is needed.",
  ],
];

/** What OpenSSL and Node say when a connection with TLS does not come about. The first that fits counts. */
const tlsErrors: readonly (readonly [RegExp, string, string])[] = [
  [
    /CERT_HAS_EXPIRED|certificate has expired/,
    "Redis's certificate has expired",
    "Renew it on the server; the clock of this machine may be wrong, too.",
  ],
  [/CERT_NOT_YET_VALID/, "Redis's certificate is not valid yet", "Check the clocks of the server and of this machine."],
  [
    /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames/,
    "Redis's certificate is for another name",
    "Use the host that it is for, or name it as tls.servername of the profile or SESSCTL_TLS_SERVERNAME.",
  ],
  [
    /SELF_SIGNED|self-signed|UNABLE_TO_(GET_ISSUER|VERIFY)|unable to (get|verify)|CERT_SIGNATURE_FAILURE|certificate signature failure/i,
    "Redis's certificate is not of an authority that is trusted here",
    "Name the file with its authority's certificate: tls.ca of the profile, or SESSCTL_TLS_CA.",
  ],
  [
    /alert certificate required|CERTIFICATE_REQUIRED/i,
    "Redis wants a certificate of ours",
    "Name its file and that of its key: tls.cert and tls.key of the profile, or SESSCTL_TLS_CERT and SESSCTL_TLS_KEY.",
  ],
  [
    /alert (unknown ca|bad certificate|certificate (expired|revoked|unknown)|unsupported certificate)/i,
    "Redis does not accept our certificate",
    "Check tls.cert of the profile or SESSCTL_TLS_CERT: of the authority that Redis trusts, and in its time.",
  ],
  [
    /WRONG_VERSION_NUMBER|wrong version number|packet length too long/i,
    "what answers there does not speak TLS",
    "Check the port, or use a URL without TLS: redis://.",
  ],
];

const connectionErrors =
  /ECONNREFUSED|ECONNRESET|ENOENT|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|EACCES|ENOTSOCK|CERT|SSL|TLS|Connection is closed|max retries per request|Stream isn't writeable|All sentinels are unreachable|Failed to refresh slots cache|None of startup nodes is available|socket/i;

/**
 * The error that a user should see for one that came from a command. `connection` is the last error of the connection
 * itself, which says more than "connection is closed", and `user` that of the ACL. What is not recognised is returned as it
 * is: a bug.
 */
export function failure(error: unknown, connection: Error | undefined, user: string): unknown {
  if (error instanceof SessctlError) return error;
  const known =
    serverFailure(error, user) ??
    (connection && isConnectionFailure(error) ? serverFailure(connection, user) : undefined);
  if (known !== undefined) return known;
  if (!isConnectionFailure(error)) return withoutArguments(error);
  const told = connection ?? error;
  const detail = textOf(told);
  const tls = tlsErrors.find(([pattern]) => pattern.test(`${told instanceof Error ? codeOf(told) : ""} ${detail}`));
  if (tls !== undefined) {
    return new SessctlError("unreachable", `${tls[1]}: ${detail}`, { hint: tls[2], cause: told });
  }
  const hangsUp = /EPIPE|ECONNRESET|Connection is closed/.test(detail);
  return new SessctlError("unreachable", `Redis cannot be reached: ${detail}`, {
    hint: hangsUp
      ? "It hung up: see its log, and whether it has room for clients (maxclients) or wants TLS (rediss://)."
      : "Check that the server runs and that the URL names it.",
    cause: told,
  });
}

/**
 * The error to show where a connection with TLS has not had one answer yet. By TLS 1.3 the server looks at our certificate
 * after the handshake: when it does not like it, what we see first may be that it has gone.
 */
export function ofUnprovenTls(error: Error, hasCertificate: boolean): Error {
  if (!(error instanceof SessctlError) || error.code !== "unreachable") return error;
  if (/None of startup nodes|Failed to refresh slots cache/.test(error.message)) {
    // A cluster's client keeps to itself why a node could not be reached.
    return new SessctlError("unreachable", error.message, {
      hint: "Its certificate may not be trusted here (tls.ca, tls.servername), or it wants one of ours (tls.cert, tls.key): try one node with rediss://.",
      cause: error.cause,
    });
  }
  if (!/ECONNRESET|EPIPE|Connection is closed/.test(error.message)) return error;
  return new SessctlError("unreachable", `Redis ended the connection before it answered: ${textOf(error.cause)}`, {
    hint: hasCertificate
      ? "It may not accept our certificate. Check tls.cert of the profile or SESSCTL_TLS_CERT: its authority, and its time."
      : "It may want a certificate of ours: tls.cert and tls.key of the profile, or SESSCTL_TLS_CERT and SESSCTL_TLS_KEY.",
    cause: error.cause,
  });
}

function serverFailure(error: unknown, user: string): SessctlError | undefined {
  const text = textOf(error);
  const denied = denial(error, user);
  if (denied !== undefined) return denied;
  for (const [pattern, code, message, hint] of serverErrors) {
    if (pattern.test(text))
      return new SessctlError(code, `${message}: ${text}`, { hint, cause: withoutArguments(error) });
  }
  return undefined;
}

function isConnectionFailure(error: unknown): boolean {
  return error instanceof Error && connectionErrors.test(`${codeOf(error)} ${error.name} ${error.message}`);
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}

/** An error whose message and stack do not repeat the arguments of a command: `--debug` shows both, and a foreign session's key opens it. */
function withoutArguments(error: unknown): unknown {
  if (!(error instanceof Error) || textOf(error) === error.message) return error;
  const cleaned = new Error(textOf(error));
  cleaned.name = error.name;
  return cleaned;
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.message === "" ? codeOf(error) : error.message;
  // Redis repeats the arguments of a command it does not know or accept; they may be a session's data.
  // Where in a script it arose is for --debug.
  return text
    .replace(/, with args beginning with:.*/s, "")
    .replace(/,? script: [0-9a-f]{40}, on @user_script:\d+\.$/, "");
}
