import type { Issued } from "./ports.js";
import type { Session, SessionData } from "./session.js";
import type { Token } from "./token.js";

/** A session with its token, which `util.inspect`, `JSON.stringify` and spreading do not show. */
export class IssuedSession<Data extends SessionData> implements Issued<Data> {
  readonly ok = true;
  readonly session: Session<Data>;
  readonly #token: Token;

  constructor(token: Token, session: Session<Data>) {
    this.session = session;
    this.#token = token;
  }

  get token(): Token {
    return this.#token;
  }
}
