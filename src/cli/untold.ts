import type { Capabilities } from "../core/ports.js";
import type { Context } from "./command.js";
import { say } from "./say.js";

/** What a layout may not tell, and what would make it known. */
const tellings: readonly {
  readonly words: string;
  readonly isUntold: (capabilities: Capabilities, hasIdle: boolean) => boolean;
}[] = [
  { words: "when a session was created", isUntold: ({ created }) => !created },
  { words: "when it was last used", isUntold: ({ lastSeen }) => lastSeen === "none" },
  {
    words: "when it was last used where its record has no idle window (--idle says it)",
    isUntold: ({ lastSeen }, hasIdle) => lastSeen === "ttl" && !hasIdle,
  },
  { words: "who used it", isUntold: ({ client }) => !client },
  { words: "earlier clients", isUntold: ({ client, switches }) => client && !switches },
];

/** Says below a table why columns are empty: what the layout does not tell, in words. */
export async function sayUntold({ io, settings, connection }: Context): Promise<void> {
  if (settings.quiet || !["table", "wide"].includes(settings.output ?? "table")) return;
  const { layout, capabilities } = await connection.open();
  const untold = tellings
    .filter(({ isUntold }) => isUntold(capabilities, settings.idleMs !== undefined))
    .map(({ words }) => words);
  if (untold.length === 0) return;
  await io.stderr.line(io.stderr.paint("faint", say`${layout} does not tell: ${untold.join("; ")}`));
}
