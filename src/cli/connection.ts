import type { SessionDirectory } from "../core/ports.js";
import { openDirectory } from "../redis/open.js";
import { redactUrl } from "../redis/url.js";
import type { Settings } from "./settings/index.js";

/** Sessions that were reached, and which Redis that is, to be read by people: the URL without its password. */
export interface Connected {
  readonly directory: SessionDirectory;
  readonly label: string;
}

/** Puts Redis behind the port that commands know: the one place where the command line knows that there is one. */
export function connect({ url, namespace, timeoutMs }: Settings, reconnect: boolean): Connected {
  const directory = openDirectory({ redis: url, namespace, commandTimeoutMs: timeoutMs, reconnect });
  return { directory, label: redactUrl(url) };
}
