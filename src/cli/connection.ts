import type { SessionDirectory, Trail } from "../core/ports.js";
import type { IndexKeeper } from "../core/indexes.js";
import type { ServerInspector } from "../core/server.js";
import { openDirectory, openIndexes, openInspector, openTrail } from "../redis/open.js";
import { redactUrl } from "../redis/url.js";
import { accessOf } from "./config/access.js";
import type { Settings } from "./settings/index.js";

/** A Redis that can be opened, and which that is, to be read by people: the profile, and the URL without its password. */
export interface Reachable {
  readonly openDirectory: () => SessionDirectory;
  /** Opens what operators did, which is in the same Redis whatever layout the sessions are of. */
  readonly openTrail: () => Trail;
  /** Opens the servers themselves, to see how they are set up. */
  readonly openInspector: () => ServerInspector;
  /** Opens the indexes of the native layout. */
  readonly openIndexes: () => IndexKeeper;
  readonly label: string;
  /** Which sessions in it, such as `namespace sc`. */
  readonly sessions: string;
}

/** Puts Redis behind the ports that commands know: the one place where the command line knows that there is one. */
export async function reach(settings: Settings, env: NodeJS.ProcessEnv, reconnect: boolean): Promise<Reachable> {
  const { url, namespace, timeoutMs, layout } = settings;
  const access = await accessOf(settings, env);
  const options = { redis: url, namespace, commandTimeoutMs: timeoutMs, reconnect, ...access };
  const common = {
    openTrail: () => openTrail(options),
    openInspector: () => openInspector(options),
    openIndexes: () => openIndexes(options),
    label: labelOf(settings),
  };
  if (layout === "native") {
    return { ...common, openDirectory: () => openDirectory(options), sessions: `namespace ${namespace}` };
  }
  const { foreignSessions } = await import("./foreign-connection.js");
  return { ...common, ...foreignSessions(settings, access, reconnect) };
}

/** Which Redis, to be read by people: the profile, and the URL without its password. */
function labelOf({ url, profile }: Settings): string {
  return profile === undefined ? redactUrl(url) : `${profile} (${redactUrl(url)})`;
}
