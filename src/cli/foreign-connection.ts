import { layoutNamed } from "../layouts/index.js";
import { parseMapping } from "../layouts/mapping.js";
import { openLayout } from "../redis/open-layout.js";
import type { Access } from "./config/access.js";
import type { OpenedSessions } from "./opened-sessions.js";
import type { Settings } from "./settings/index.js";
import { ofOption } from "./values.js";

/** The sessions of the layout that the settings name. Loaded only where there is one. */
export function foreignSessions(settings: Settings, access: Access, reconnect: boolean): OpenedSessions {
  const { url, timeoutMs, map, idleMs } = settings;
  const layout = ofOption("--layout", () => layoutNamed(settings.layout));
  const mapping = ofOption("--map", () => (map === undefined ? {} : parseMapping(map)));
  const prefix = settings.prefix ?? layout.keys.prefix;
  const options = { redis: url, access, commandTimeoutMs: timeoutMs, reconnect, layout, prefix, mapping, idleMs };
  return { directory: openLayout(options), sessions: `layout ${layout.name}, keys ${prefix}*` };
}
