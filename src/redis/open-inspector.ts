import type { ServerInspector } from "../core/server.js";
import { RedisInspector } from "./inspector/inspector.js";
import { commandsOf, type DirectoryOptions } from "./open.js";

/** Opens the servers behind the sessions, to see how they are set up. Connecting goes on in the background: the first operation tells. */
export function openInspector(options: Omit<DirectoryOptions, "tombstoneMs">): ServerInspector {
  const { clock = Date.now, reconnect = false } = options;
  return new RedisInspector(commandsOf(options, reconnect), clock);
}
