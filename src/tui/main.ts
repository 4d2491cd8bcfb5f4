import { createWatch } from "../app/watch.js";
import { createClientReader } from "../clients/reader.js";
import { safe } from "../core/safe-text.js";
import type * as Live from "./live.js";
import type { TopOptions } from "./options.js";
import { snapshotJson, snapshotLimit, snapshotText } from "./snapshot.js";

export type { SignalSource, TopOptions } from "./options.js";

/**
 * Runs `sessctl top` until it is quit and resolves to the exit code: 0, or 128 and the signal's number.
 * The terminal is given back in every way of ending. Rejects with what went wrong: a `SessctlError` of the directory
 * (a snapshot that could not be read), anything else being a bug.
 */
export async function runTop(options: TopOptions): Promise<number> {
  const { directory, label, stdin, stdout, once, output } = options;
  const live = !once && output === "table" && stdin.isTTY && stdout.isTTY && process.env["TERM"] !== "dumb";
  if (live) {
    const { runLive } = await importOutsideCi();
    return runLive(options);
  }
  const reader = createClientReader();
  const look = await createWatch(directory, reader, options.clock, snapshotLimit).look();
  const source = { label: safe(label), layout: safe(directory.layout) };
  const width = stdout.isTTY ? stdout.columns : undefined;
  stdout.write(output === "json" ? snapshotJson(look, source, reader) : snapshotText(look, source, width));
  return 0;
}

/**
 * Ink draws nothing before its end when `CI` is set as it is loaded: a build log is no terminal. Here there is one, so
 * ink does not get to see these variables; whatever is started from here does.
 */
async function importOutsideCi(): Promise<typeof Live> {
  const names = ["CI", "CONTINUOUS_INTEGRATION"];
  const kept = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) delete process.env[name];
  try {
    return await import("./live.js");
  } finally {
    for (const [name, value] of kept) if (value !== undefined) process.env[name] = value;
  }
}
