import { SessctlError } from "../core/errors.js";
import type { SessionDirectory } from "../core/ports.js";
import type { Mapping } from "../layouts/mapping.js";
import type { Detection } from "../layouts/detect.js";
import type { Commands } from "./commands.js";
import type { Pace } from "./pace.js";
import { glance } from "./native-check.js";
import { keysOf } from "./keys.js";
import { commandsOf, type DirectoryOptions, nativeDirectory } from "./open.js";

/** How to find out what sessions a Redis holds. */
export interface AutoOptions extends Omit<DirectoryOptions, "tombstoneMs"> {
  /** What the keys of another framework's sessions begin with, if that is known. */
  readonly prefix?: string | undefined;
  readonly mapping: Mapping;
  readonly idleMs?: number | undefined;
  readonly pace?: Pace | undefined;
  /** Where walks and listings read, such as a replica; default: where changes go. */
  readonly reads?: Commands | undefined;
}

/** What sessions a Redis holds, each kind behind a directory; all share one connection, which closing any of them closes. */
export interface Surroundings {
  readonly directories: readonly SessionDirectory[];
  /** `undefined` where a glance showed that all is native. */
  readonly detection: Detection | undefined;
}

/** Finds out what sessions there are. A Redis that holds native ones alone is told by one round trip; else a sample is taken. */
export async function openAuto({
  prefix,
  mapping,
  idleMs,
  pace,
  reads,
  ...options
}: AutoOptions): Promise<Surroundings> {
  const commands = commandsOf(options, options.reconnect ?? false);
  try {
    const own = nativeDirectory(commands, options, reads);
    const { native, alone } = await glance(commands, keysOf(options.namespace ?? "sc")).catch((error: unknown) =>
      unseen(error, options.reconnect ?? false),
    );
    if (alone && prefix === undefined) return { directories: [own], detection: undefined };
    const [{ detectLayouts }, { LayoutDirectory }] = await Promise.all([
      import("./foreign/detect.js"),
      import("./foreign/directory.js"),
    ]);
    const detection = await detectLayouts(reads ?? commands, { prefix });
    const foreign = detection.found.map(
      (found) =>
        new LayoutDirectory(
          commands,
          { layout: found.layout, prefix: found.prefix, mapping, idleMs },
          { clock: options.clock, pace, reads },
        ),
    );
    return { directories: native || foreign.length === 0 ? [own, ...foreign] : foreign, detection };
  } catch (error) {
    commands.close();
    reads?.close();
    throw error;
  }
}

/** Whoever may not look around is shown the namespace, and so is whoever waits for a Redis that is not there yet. */
function unseen(error: unknown, waits: boolean) {
  if (!(error instanceof SessctlError)) throw error;
  const forbidden = error.code === "denied" && !/password/.test(error.message);
  if (forbidden || (waits && ["unreachable", "timeout", "unavailable"].includes(error.code))) {
    return { native: true, alone: true };
  }
  throw error;
}
