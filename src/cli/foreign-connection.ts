import type { SessionDirectory } from "../core/ports.js";
import { layoutNamed } from "../layouts/index.js";
import { parseMapping } from "../layouts/mapping.js";
import { openLayout } from "../redis/open-layout.js";
import type { Settings } from "./settings/index.js";
import { ofOption } from "./values.js";

/** Sessions of another framework, and which those are. */
export interface Foreign {
  readonly directory: SessionDirectory;
  readonly sessions: string;
}

/** Opens the sessions of the layout that the settings name. Loaded only where there is one. */
export function openForeign(settings: Settings, reconnect: boolean): Foreign {
  const { url, timeoutMs, map, idleMs } = settings;
  const layout = ofOption("--layout", () => layoutNamed(settings.layout));
  const mapping = ofOption("--map", () => (map === undefined ? {} : parseMapping(map)));
  const prefix = settings.prefix ?? layout.keys.prefix;
  const directory = openLayout({ redis: url, commandTimeoutMs: timeoutMs, reconnect, layout, prefix, mapping, idleMs });
  return { directory, sessions: `layout ${layout.name}, keys ${prefix}*` };
}
