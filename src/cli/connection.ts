import type { SessionDirectory } from "../core/ports.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { Settings } from "./settings.js";

/** The Redis that a command works with: the one place where the command line knows that there is one. */
export interface Connection {
  /** Opens it, or gives what is open already. Errors come with the first operation, but for a URL that is none. */
  open(options?: { readonly reconnect: boolean }): Promise<SessionDirectory>;
  /** Which Redis and namespace, to be read by people, without password; `undefined` before it was opened. */
  readonly where: SafeText | undefined;
  /** The URL without password. */
  readonly label: string;
  close(): Promise<void>;
}

/** A connection that is made when it is first used. */
export function createConnection({ url, namespace, timeoutMs }: Settings): Connection {
  let directory: SessionDirectory | undefined;
  let label = "";
  return {
    async open({ reconnect } = { reconnect: false }) {
      if (directory !== undefined) return directory;
      const [{ openDirectory }, { redactUrl }] = await Promise.all([
        import("../redis/open.js"),
        import("../redis/url.js"),
      ]);
      label = redactUrl(url);
      directory = openDirectory({ redis: url, namespace, commandTimeoutMs: timeoutMs, reconnect });
      return directory;
    },
    get where() {
      return label === "" ? undefined : safe(`${label} (namespace ${namespace})`);
    },
    get label() {
      return label;
    },
    async close() {
      await directory?.close();
      directory = undefined;
    },
  };
}
