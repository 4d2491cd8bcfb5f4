import { createWatch } from "../app/watch/watch.js";
import { createClientReader } from "../clients/reader.js";
import { safe } from "../core/safe-text.js";
import type * as Live from "./live.js";
import type { TopOptions } from "./options.js";
import { snapshotJson, snapshotLimit, snapshotText } from "./snapshot.js";

export type { TopOptions } from "./options.js";

/**
 * Runs `sessctl top` until it is quit and resolves to the exit code: 0, or 128 and the signal's number.
 * The terminal is given back in every way of ending. Rejects with what went wrong: a `SessctlError` of the directory
 * (a snapshot that could not be read), anything else being a bug.
 */
export async function runTop(options: TopOptions): Promise<number> {
  const { directory, label, stdin, stdout, once, output } = options;
  const live = !once && output === "table" && stdin.isTTY && stdout.isTTY && process.env["TERM"] !== "dumb";
  if (live) {
    const { runLive } = await importLive();
    return runLive(options);
  }
  const reader = createClientReader();
  const look = await createWatch(directory, reader, options.clock).look({ limit: snapshotLimit });
  const source = { label: safe(label), layout: safe(directory.layout) };
  const width = stdout.isTTY ? stdout.columns : undefined;
  stdout.write(output === "json" ? snapshotJson(look, source, reader) : snapshotText(look, source, width));
  return 0;
}

/**
 * Loads what draws the screen, ink with it. Where there is `fetch`, ink's layout engine gets itself from a `data:` URL,
 * which costs Node the loading of a whole HTTP client; without, it decodes itself.
 */
async function importLive(): Promise<typeof Live> {
  const fetch = Object.getOwnPropertyDescriptor(globalThis, "fetch");
  Reflect.deleteProperty(globalThis, "fetch");
  try {
    return await import("./live.js");
  } finally {
    if (fetch !== undefined) Object.defineProperty(globalThis, "fetch", fetch);
  }
}
