import type { SessionDirectory } from "../core/ports.js";
import { openDirectory } from "../redis/open.js";
import { redactUrl } from "../redis/url.js";
import type { Settings } from "./settings/index.js";

/** Sessions that were reached, and which Redis that is, to be read by people: the URL without its password. */
export interface Connected {
  readonly directory: SessionDirectory;
  readonly label: string;
  /** Which sessions in it, such as `namespace sc`. */
  readonly sessions: string;
}

/** Puts Redis behind the port that commands know: the one place where the command line knows that there is one. */
export async function connect(settings: Settings, reconnect: boolean): Promise<Connected> {
  const { url, namespace, timeoutMs, layout } = settings;
  const label = redactUrl(url);
  if (layout === "native") {
    const directory = openDirectory({ redis: url, namespace, commandTimeoutMs: timeoutMs, reconnect });
    return { directory, label, sessions: `namespace ${namespace}` };
  }
  const { openForeign } = await import("./foreign-connection.js");
  return { label, ...openForeign(settings, reconnect) };
}
