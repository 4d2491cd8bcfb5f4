import { layoutNamed } from "../layouts/index.js";
import type { Survey } from "../layouts/detect.js";
import { parseMapping } from "../layouts/mapping.js";
import type { DirectoryOptions } from "../redis/open.js";
import { openLayout } from "../redis/open-layout.js";
import type { Reads } from "../redis/replica.js";
import { surveyLayouts } from "../redis/survey.js";
import type { Access } from "./config/access.js";
import type { OnLooked, OpenedSessions } from "./opened-sessions.js";
import type { Settings } from "./settings/index.js";
import { say } from "./say.js";
import { ofOption } from "./values.js";

/** Looks at which layouts are in a Redis. */
export async function survey(settings: Settings, options: DirectoryOptions): Promise<Survey> {
  const { map, prefix, layout } = settings;
  const only = layout === "auto" || layout === "native" ? {} : { layouts: [layoutNamed(layout)] };
  return await surveyLayouts({ ...options, prefix, mapping: map === undefined ? {} : parseMapping(map), ...only });
}

/** How to open them. */
interface Opening {
  readonly access: Access;
  readonly reconnect: boolean;
  readonly onLooked: OnLooked;
  readonly reads: Reads | undefined;
}

/** The sessions of the layout that the settings name. Loaded only where there is one. */
export function foreignSessions(settings: Settings, { access, reconnect, onLooked, reads }: Opening): OpenedSessions {
  const { url, timeoutMs, map, idleMs } = settings;
  const layout = ofOption("--layout", () => layoutNamed(settings.layout));
  const mapping = ofOption("--map", () => (map === undefined ? {} : parseMapping(map)));
  const prefix = settings.prefix ?? layout.keys.prefix;
  const pace = { keysPerSecond: settings.scanRate, onLooked };
  const options = {
    redis: url,
    ...access,
    commandTimeoutMs: timeoutMs,
    reconnect,
    layout,
    prefix,
    mapping,
    idleMs,
    pace,
    reads: reads?.commands,
  };
  return {
    directory: openLayout(options),
    sessions: `layout ${layout.name}, keys ${prefix}*`,
    ...(reads === undefined ? {} : { notice: say`${reads.told}` }),
  };
}
