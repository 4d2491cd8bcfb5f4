import type { ServerLoad } from "../../core/ports.js";
import type { Commands } from "../commands.js";

/** What every master says of its memory and its commands, together. */
export async function serverLoad(commands: Commands): Promise<ServerLoad> {
  const texts = await commands.infos(["memory", "stats"]);
  const sum = (name: string) => texts.reduce((total, text) => total + numberIn(text, name), 0);
  return { memoryBytes: sum("used_memory"), commandsPerSecond: sum("instantaneous_ops_per_sec") };
}

function numberIn(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
}
