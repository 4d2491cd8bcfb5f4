import type { Trail } from "../core/ports.js";
import { keysOf } from "./keys.js";
import { commandsOf, type DirectoryOptions } from "./open.js";
import { ScriptRunner } from "./script.js";
import { RedisTrail } from "./trail.js";

/** Opens the trail of a namespace's operators. It has a connection of its own, since the sessions may be another framework's, and makes it when it is first used. */
export function openTrail(options: Omit<DirectoryOptions, "tombstoneMs">): Trail {
  const { clock = Date.now, reconnect = false } = options;
  const keys = keysOf(options.namespace ?? "sc");
  const connect = () => {
    const commands = commandsOf(options, reconnect);
    return { commands, scripts: new ScriptRunner(commands, keys) };
  };
  return new RedisTrail({ connect, key: keys.trail, clock });
}
