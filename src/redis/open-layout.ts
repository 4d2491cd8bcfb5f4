import type { SessionDirectory } from "../core/ports.js";
import type { AppliedLayout } from "../layouts/session-of.js";
import { type DirectoryParts, LayoutDirectory } from "./foreign/directory.js";
import { commandsOf, type DirectoryOptions } from "./open.js";

/** Which Redis, and how its sessions are kept. */
export type LayoutOptions = Omit<DirectoryOptions, "namespace" | "tombstoneMs"> & AppliedLayout & DirectoryParts;

/** Opens the sessions that another framework keeps, for an operator. Connecting goes on in the background: the first operation tells. */
export function openLayout(options: LayoutOptions): SessionDirectory {
  const { layout, prefix, mapping, idleMs, clock, pace, reads } = options;
  const commands = commandsOf(options, options.reconnect ?? false);
  return new LayoutDirectory(commands, { layout, prefix, mapping, idleMs }, { clock, pace, reads });
}
