import { formatDuration } from "../core/duration.js";
import type { SessionDirectory } from "../core/ports.js";
import type { Context } from "./command.js";
import { say } from "./say.js";

/** Clocks farther apart than this are wrong: NTP keeps them within milliseconds, and asking takes less. */
const toleratedMs = 10_000;

/**
 * Warns when this machine's clock and that of Redis are apart: by ours it is decided what is over, idle and old, what a
 * filter chooses, and when what is changed ends. It is asked for beside what is read, in the same round trip. A server that
 * does not tell its time, as an ACL may want it, is no reason to stop.
 */
export async function warnOfClock({ io, settings }: Context, directory: SessionDirectory): Promise<void> {
  if (settings.quiet) return;
  const askedAt = io.clock();
  const serverAt = await directory.time().catch(() => undefined);
  if (serverAt === undefined) return;
  const answeredAt = io.clock();
  const aheadMs = (askedAt + answeredAt) / 2 - serverAt;
  // It was read somewhere on the way there and back.
  const marginMs = (answeredAt - askedAt) / 2;
  if (Math.abs(aheadMs) - marginMs < toleratedMs) return;
  const apart = formatDuration(Math.abs(aheadMs), 2);
  await io.stderr.line(
    say`warning: the clock of this machine is ${apart} ${aheadMs > 0 ? "ahead of" : "behind"} that of Redis; times are off by as much`,
  );
}
