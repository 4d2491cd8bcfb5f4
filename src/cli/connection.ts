import type { Trail } from "../core/ports.js";
import type { IndexKeeper } from "../core/indexes.js";
import type { Survey } from "../layouts/detect.js";
import type { ServerInspector } from "../core/server.js";
import { openDirectory } from "../redis/open.js";
import { redactUrl } from "../redis/url.js";
import { accessOf } from "./config/access.js";
import type { OnLooked, OpenedSessions } from "./opened-sessions.js";
import { say } from "./say.js";
import type { Settings } from "./settings/index.js";

/** A Redis that can be opened, and which that is, to be read by people: the profile, and the URL without its password. */
export interface Reachable {
  /** Opens the sessions; `onLooked` hears how far a walk over all keys is. */
  readonly openDirectory: (onLooked: OnLooked) => Promise<OpenedSessions>;
  /** Looks at which layouts are in it. */
  readonly survey: () => Promise<Survey>;
  /** Opens what operators did, which is in the same Redis whatever layout the sessions are of. */
  readonly openTrail: () => Promise<Trail>;
  /** Opens the servers themselves, to see how they are set up. */
  readonly openInspector: () => Promise<ServerInspector>;
  /** Opens the indexes of the native layout; `onLooked` hears how far a walk over all keys is. */
  readonly openIndexes: (onLooked: OnLooked) => Promise<IndexKeeper>;
  readonly label: string;
}

/** Puts Redis behind the ports that commands know: the one place where the command line knows that there is one. */
export async function reach(settings: Settings, env: NodeJS.ProcessEnv, reconnect: boolean): Promise<Reachable> {
  const { url, namespace, timeoutMs, layout } = settings;
  const access = await accessOf(settings, env);
  const options = { redis: url, namespace, commandTimeoutMs: timeoutMs, reconnect, ...access };
  return {
    async openTrail() {
      return (await import("../redis/open-trail.js")).openTrail(options);
    },
    async openInspector() {
      return (await import("../redis/open-inspector.js")).openInspector(options);
    },
    async openIndexes(onLooked) {
      const { openIndexes } = await import("../redis/open-indexes.js");
      return openIndexes({ ...options, pace: { keysPerSecond: settings.scanRate, onLooked } });
    },
    label: labelOf(settings),
    async survey() {
      return await (await import("./foreign-connection.js")).survey(settings, options);
    },
    async openDirectory(onLooked) {
      const reads = settings.replica ? await (await import("../redis/replica.js")).openReads(options) : undefined;
      try {
        if (layout === "native" || (layout === "auto" && namespace !== usualNamespace))
          return {
            directory: openDirectory(options, reads?.commands),
            sessions: `namespace ${namespace}`,
            ...(reads === undefined ? {} : { notice: say`${reads.told}` }),
          };
        if (layout === "auto")
          return await (await import("./auto-connection.js")).autoSessions(settings, options, onLooked, reads);
        const { foreignSessions } = await import("./foreign-connection.js");
        return foreignSessions(settings, { access, reconnect, onLooked, reads });
      } catch (error) {
        reads?.commands.close();
        throw error;
      }
    },
  };
}

/** Whoever names another one means native sessions. */
const usualNamespace = "sc";

/** Which Redis, to be read by people: the profile, and the URL without its password. */
function labelOf({ url, profile }: Settings): string {
  return profile === undefined ? redactUrl(url) : `${profile} (${redactUrl(url)})`;
}
