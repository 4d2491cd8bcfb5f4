import type { SessionDirectory } from "../core/ports.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { Connected } from "./connection.js";
import type { Settings } from "./settings/index.js";

/** A connection that is made when it is first used. */
export interface LazyConnection {
  /** Opens it, or gives what is open already. Errors come with the first operation, but for a URL that is none. */
  open(options?: { readonly reconnect: boolean }): Promise<SessionDirectory>;
  /** Which Redis, and which sessions in it, to be read by people, without password; `undefined` before it was opened. */
  readonly where: SafeText | undefined;
  /** Which sessions, such as `namespace sc`; empty before it was opened. */
  readonly sessions: string;
  /** The URL without password; empty before it was opened. */
  readonly label: string;
  close(): Promise<void>;
}

/** A connection with these settings that is not yet made. What speaks to Redis is loaded with it. */
export function lazyConnection(settings: Settings): LazyConnection {
  let connected: Connected | undefined;
  return {
    async open({ reconnect } = { reconnect: false }) {
      const { connect } = await import("./connection.js");
      connected ??= await connect(settings, reconnect);
      return connected.directory;
    },
    get where() {
      return connected && safe(`${connected.label} (${connected.sessions})`);
    },
    get sessions() {
      return connected?.sessions ?? "";
    },
    get label() {
      return connected?.label ?? "";
    },
    async close() {
      await connected?.directory.close();
    },
  };
}
