import { formatDuration } from "../core/duration.js";
import { SessctlError } from "../core/errors.js";
import type { SessionDirectory } from "../core/ports.js";
import type { Context } from "./command.js";
import { say } from "./say.js";

/** Waits until so many replicas have what was changed, says how many have, and gives whether they are enough; Ctrl-C ends the waiting. */
export async function waitForReplicas(
  { io, settings }: Pick<Context, "io" | "settings">,
  directory: SessionDirectory,
  replicas: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { timeoutMs, quiet } = settings;
  try {
    const confirmed = await Promise.race([directory.replicated(replicas, timeoutMs), abortOf(signal)]);
    if (confirmed === undefined) {
      await io.stderr.line(say`interrupted: it is done, and whether replicas have it is not known`);
      return false;
    }
    if (confirmed >= replicas) {
      if (!quiet) await io.stderr.line(say`${confirmed} replica${confirmed === 1 ? "" : "s"} confirmed it`);
      return true;
    }
    await io.stderr.line(
      say`only ${confirmed} of ${replicas} replicas confirmed it within ${formatDuration(timeoutMs)}: it is done, and a failover now may undo it`,
    );
  } catch (error) {
    if (!(error instanceof SessctlError)) throw error;
    await io.stderr.line(say`it is done, and whether replicas have it is not known: ${error.message}`);
  }
  return false;
}

function abortOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}
