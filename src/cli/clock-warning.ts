import { formatDuration } from "../core/duration.js";
import type { Clock, SessionDirectory } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";
import type { Context } from "./command.js";
import { say } from "./say.js";

/** Clocks farther apart than this are wrong: NTP keeps them within milliseconds, and asking takes less. */
const toleratedMs = 10_000;

/** What tells the time by the clock of Redis. */
type ServerClock = Pick<SessionDirectory, "time">;

/** Writes `clockWarning` on standard error, unless `--quiet`. */
export async function warnOfClock(
  { io, settings }: Pick<Context, "io" | "settings">,
  server: ServerClock,
): Promise<void> {
  if (settings.quiet) return;
  const warning = await clockWarning(io.clock, server);
  if (warning !== undefined) await io.stderr.line(say`warning: ${warning}`);
}

/**
 * Says when this machine's clock and that of Redis are apart: by ours it is decided what is over, idle and old, what a
 * filter chooses, and when what is changed ends. It is asked for beside what is read, in the same round trip. A server that
 * does not tell its time, as an ACL may want it, is no reason to stop.
 */
export async function clockWarning(clock: Clock, server: ServerClock): Promise<SafeText | undefined> {
  const askedAt = clock();
  const serverAt = await server.time().catch(() => undefined);
  if (serverAt === undefined) return undefined;
  const answeredAt = clock();
  const aheadMs = (askedAt + answeredAt) / 2 - serverAt;
  // It was read somewhere on the way there and back.
  const marginMs = (answeredAt - askedAt) / 2;
  if (Math.abs(aheadMs) - marginMs < toleratedMs) return undefined;
  const apart = formatDuration(Math.abs(aheadMs), 2);
  return say`the clock of this machine is ${apart} ${aheadMs > 0 ? "ahead of" : "behind"} that of Redis; times are off by as much`;
}
