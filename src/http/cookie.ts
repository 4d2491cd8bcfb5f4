import { SessctlError } from "../core/errors.js";
import type { Session } from "../core/session.js";
import { isToken, type Token } from "../core/token.js";
import { cookieValues } from "./cookie-header.js";
import { type CookieSecret, Signer } from "./signature.js";

/** How the session cookie is set. `HttpOnly` is not an option: no script ever needs the token. */
export interface CookieOptions {
  /** Default `__Host-session`: browsers accept the `__Host-` prefix only with `Secure`, `Path=/` and no `Domain`, so no other host can set it. */
  readonly name?: string;
  /** Default `true`. `false` is for development without TLS on a host other than localhost, and needs a name without prefix. */
  readonly secure?: boolean;
  /** Default `"lax"`. `"strict"` also hides the session from links on other sites; `"none"` shows it to all of them. */
  readonly sameSite?: "lax" | "strict" | "none";
  /** Default `"/"`. Another needs a name without the `__Host-` prefix. */
  readonly path?: string;
  /** Default: only the host that set it. A domain lets all its hosts read and replace the cookie; it needs a name without the `__Host-` prefix. */
  readonly domain?: string;
  /** Whether the cookie outlives the browser, until the session's absolute deadline; default `false`. Can be told by the session's lifetime: `(session) => session.endsAt - session.createdAt > 86_400_000`. */
  readonly persistent?: boolean | ((session: Session) => boolean);
  /** Signs the cookie, so that guesses are refused without asking the store: the first secret signs, all verify. Default: unsigned, since a token has 192 random bits. */
  readonly secrets?: readonly CookieSecret[];
}

/** What a request's `Cookie` header says about the session. */
export interface PresentedCookie {
  /** Whether there was a session cookie at all, usable or not. */
  readonly presented: boolean;
  readonly token: Token | undefined;
  /** Whether it should be set anew, since an older secret signed it. */
  readonly outdated: boolean;
}

const nameForm = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What an attribute's value cannot hold (RFC 6265, 4.1.1): controls and the semicolon. */
const attributeForm = /^[^\u0000-\u001f\u007f-\uffff;]+$/;

/** Reads and writes the session cookie of one application. */
export class SessionCookie {
  readonly name: string;
  readonly #attributes: string;
  readonly #persistent: (session: Session) => boolean;
  readonly #signer: Signer | undefined;

  /** Refuses with `invalid-argument` what a browser would refuse silently. */
  constructor(options: CookieOptions = {}) {
    const { name = "__Host-session", secure = true, sameSite = "lax", path = "/", domain } = options;
    check({ name, secure, sameSite, path, domain });
    this.name = name;
    this.#attributes = [
      `Path=${path}`,
      ...(domain === undefined ? [] : [`Domain=${domain}`]),
      "HttpOnly",
      ...(secure ? ["Secure"] : []),
      `SameSite=${{ lax: "Lax", strict: "Strict", none: "None" }[sameSite]}`,
    ].join("; ");
    const { persistent = false } = options;
    this.#persistent = typeof persistent === "function" ? persistent : () => persistent;
    this.#signer = options.secrets === undefined ? undefined : new Signer(options.secrets, name);
  }

  /** The `Set-Cookie` value that hands out a session's token at `now` (ms). */
  write(token: Token, session: Session, now: number): string {
    const value = this.#signer?.sign(token) ?? token;
    return `${this.name}=${value}; ${this.#attributes}${this.#persistent(session) ? expiry(session.endsAt, now) : ""}`;
  }

  /** The `Set-Cookie` value that takes the cookie away. */
  remove(): string {
    return `${this.name}=; ${this.#attributes}${expiry(0, 0)}`;
  }

  /**
   * Reads a `Cookie` header, however hostile. Of several different tokens under the name none is taken: another host of
   * the domain may have set one, and nothing tells which is ours.
   */
  read(header: string | undefined): PresentedCookie {
    const values = cookieValues(header ?? "", this.name);
    const tokens = new Map<Token, boolean>();
    for (const value of values ?? []) {
      const { value: token, current } = this.#verified(value);
      if (isToken(token)) tokens.set(token, current || (tokens.get(token) ?? false));
    }
    const [only] = tokens.size === 1 ? tokens : [];
    return { presented: values?.length !== 0, token: only?.[0], outdated: only !== undefined && !only[1] };
  }

  #verified(value: string): { readonly value: string | undefined; readonly current: boolean } {
    if (this.#signer === undefined) return { value, current: true };
    return this.#signer.verify(value) ?? { value: undefined, current: false };
  }
}

function expiry(endsAt: number, now: number): string {
  const seconds = Math.max(0, Math.floor((endsAt - now) / 1000));
  return `; Max-Age=${seconds}; Expires=${new Date(endsAt).toUTCString()}`;
}

interface Checked extends Required<Pick<CookieOptions, "name" | "secure" | "sameSite" | "path">> {
  readonly domain: string | undefined;
}

function check({ name, secure, sameSite, path, domain }: Checked): void {
  if (!nameForm.test(name)) throw wrong("the cookie's name must be a token of RFC 6265: letters, digits and -_.");
  if (!path.startsWith("/") || !attributeForm.test(path)) throw wrong("the cookie's path must begin with a slash");
  if (domain !== undefined && !/^\.?[A-Za-z0-9.-]+$/.test(domain))
    throw wrong("the cookie's domain must be a host name");
  if (/^__(host|secure)-/i.test(name) && !secure) {
    throw wrong(`browsers drop a cookie named ${name} that is not Secure`, "For development give it a plain name.");
  }
  if (/^__host-/i.test(name) && (path !== "/" || domain !== undefined)) {
    throw wrong(`browsers drop a cookie named ${name} that has a path or a domain`, "Begin its name with __Secure-.");
  }
  if (sameSite === "none" && !secure) throw wrong("browsers drop a cookie with SameSite=None that is not Secure");
}

function wrong(message: string, hint?: string): SessctlError {
  return new SessctlError("invalid-argument", message, hint === undefined ? {} : { hint });
}
