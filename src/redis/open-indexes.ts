import type { IndexKeeper } from "../core/indexes.js";
import type { Pace } from "./pace.js";
import { NativeIndexKeeper } from "./indexes/keeper.js";
import { commandsOf, contextOf, type DirectoryOptions } from "./open.js";
import { RecordCodec } from "./record.js";

/** Opens the indexes of a namespace, to compare them with its sessions and put them right. Connecting goes on in the background. */
export function openIndexes({ pace, ...options }: DirectoryOptions & { readonly pace?: Pace }): IndexKeeper {
  const codec = new RecordCodec({ sealer: undefined, passSealed: true });
  const commands = commandsOf(options, options.reconnect ?? false);
  return new NativeIndexKeeper(contextOf(commands, options, options, codec), pace);
}
