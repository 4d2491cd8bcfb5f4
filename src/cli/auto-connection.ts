import { grouped } from "../core/grouped.js";
import { combined } from "../app/combined-directory.js";
import { parseMapping } from "../layouts/mapping.js";
import type { SafeText } from "../core/safe-text.js";
import { openAuto } from "../redis/open-auto.js";
import type { DirectoryOptions } from "../redis/open.js";
import type { Reads } from "../redis/replica.js";
import type { OnLooked, OpenedSessions } from "./opened-sessions.js";
import type { Settings } from "./settings/index.js";
import { joined, say } from "./say.js";
import { ofOption } from "./values.js";

/** Finds out what sessions there are, and opens them. */
export async function autoSessions(
  settings: Settings,
  options: DirectoryOptions,
  onLooked: OnLooked,
  reads: Reads | undefined,
): Promise<OpenedSessions> {
  const { map, idleMs, prefix, namespace } = settings;
  const mapping = ofOption("--map", () => (map === undefined ? {} : parseMapping(map)));
  const { directories, detection } = await openAuto({
    ...options,
    prefix,
    mapping,
    idleMs,
    reads: reads?.commands,
    pace: { keysPerSecond: settings.scanRate, onLooked },
  });
  const directory = combined(directories);
  const native = `namespace ${namespace}`;
  const where = reads === undefined ? [] : [say`${reads.told}`];
  if (detection === undefined) return { directory, sessions: native, notice: noticed(where) };
  const { found, looked, keys } = detection;
  if (found.length === 0) {
    const hasNative = (await directory.count()).sessions > 0;
    const notice = say`no sessions of any known layout among ${number(looked)} of ${number(keys)} keys; --layout and --prefix say where they are`;
    return { directory, sessions: native, notice: noticed(hasNative ? where : [notice, ...where]) };
  }
  const parts = found.map(
    ({ layout, prefix: under, sessions }) => say`${layout.name} (${under}*), about ${number(sessions)} sessions`,
  );
  if (directory.layout.startsWith("native")) parts.unshift(say`native (${namespace}:*)`);
  const evidence = looked < keys ? say`, by ${number(looked)} of ${number(keys)} keys` : say``;
  return {
    directory,
    sessions: found.map((one) => `layout ${one.layout.name}, keys ${one.prefix}*`).join("; "),
    notice: noticed([joined([say`detected `, joined(parts, "; "), evidence]), ...where]),
  };
}

function noticed(notices: readonly SafeText[]): SafeText | undefined {
  return notices.length === 0 ? undefined : joined(notices, "; ");
}

/** Two digits say all that a sample can. */
function number(count: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 2);
  return grouped(Math.round(count / unit) * unit);
}
