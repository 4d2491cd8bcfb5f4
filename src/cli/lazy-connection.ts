import type { SessionDirectory, Trail } from "../core/ports.js";
import type { Survey } from "../layouts/detect.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { IndexKeeper } from "../core/indexes.js";
import type { ServerInspector } from "../core/server.js";
import type { Reachable } from "./connection.js";
import type { OnLooked, OpenedSessions } from "./opened-sessions.js";
import type { Settings } from "./settings/index.js";

/** Whether to keep trying when the connection is lost, rather than to fail for good; default: `false`. */
interface OpenOptions {
  readonly reconnect: boolean;
}

/** A connection that is made when it is first used. */
export interface LazyConnection {
  /** Opens the sessions, or gives what is open already. Errors come with the first operation, but for a URL that is none. */
  open(options?: OpenOptions): Promise<SessionDirectory>;
  /** Looks at which layouts are in it, and into some sessions of each. */
  survey(): Promise<Survey>;
  /** Opens the operators' trail, as `open` does the sessions. */
  openTrail(options?: OpenOptions): Promise<Trail>;
  /** Opens the servers themselves, as `open` does the sessions. */
  openInspector(options?: OpenOptions): Promise<ServerInspector>;
  /** Opens the indexes of the native layout, as `open` does the sessions. */
  openIndexes(options?: OpenOptions): Promise<IndexKeeper>;
  /** Sets who hears how far a walk over all keys is; nobody in place of who did. */
  watchKeys(onLooked: OnLooked | undefined): void;
  /** Which Redis, and which sessions in it, to be read by people, without password; `undefined` before it was opened. */
  readonly where: SafeText | undefined;
  /** Which sessions, such as `namespace sc`; empty before it was opened. */
  readonly sessions: string;
  /** The profile, and the URL without password; empty before it was opened. */
  readonly label: string;
  close(): Promise<void>;
}

/** A connection with these settings that is not yet made. What speaks to Redis is loaded with it, and only then is a password got. */
export function lazyConnection(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  tell: (notice: SafeText) => Promise<void>,
): LazyConnection {
  let reaching: Promise<Reachable> | undefined;
  let reached: Reachable | undefined;
  let opening: Promise<OpenedSessions> | undefined;
  let opened: OpenedSessions | undefined;
  let watching: OnLooked | undefined;
  let trail: Promise<Trail> | undefined;
  let inspector: Promise<ServerInspector> | undefined;
  let indexes: Promise<IndexKeeper> | undefined;
  const reachable = async ({ reconnect }: OpenOptions = { reconnect: false }) => {
    const { reach } = await import("./connection.js");
    // Once, since a password may have to be asked for.
    reaching ??= reach(settings, env, reconnect);
    return (reached = await reaching);
  };
  const sessions = () => opened?.sessions ?? (settings.layout === "auto" ? `namespace ${settings.namespace}` : "");
  return {
    async open(options) {
      const { openDirectory } = await reachable(options);
      opening ??= openDirectory((looked, keys) => watching?.(looked, keys));
      if (opened === undefined) {
        opened = await opening;
        if (opened.notice !== undefined) await tell(opened.notice);
      }
      return opened.directory;
    },
    async survey() {
      return await (await reachable()).survey();
    },
    async openTrail(options) {
      const { openTrail } = await reachable(options);
      return await (trail ??= openTrail());
    },
    async openInspector(options) {
      const { openInspector } = await reachable(options);
      return await (inspector ??= openInspector());
    },
    async openIndexes(options) {
      const { openIndexes } = await reachable(options);
      return await (indexes ??= openIndexes((looked, keys) => watching?.(looked, keys)));
    },
    watchKeys(onLooked) {
      watching = onLooked;
    },
    get where() {
      return reached && safe(`${reached.label} (${sessions()})`);
    },
    get sessions() {
      return sessions();
    },
    get label() {
      return reached?.label ?? "";
    },
    async close() {
      const others = await Promise.all([trail, inspector, indexes]);
      await Promise.all([opened?.directory, ...others].map(async (one) => await one?.close()));
    },
  };
}
