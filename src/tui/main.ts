import { setTimeout as sleep } from "node:timers/promises";
import type { Look } from "../app/watch/look.js";
import { createWatch, type Watch } from "../app/watch/watch.js";
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
  const { stdin, stdout, snapshots, output } = options;
  const live =
    snapshots === undefined && output === "table" && stdin.isTTY && stdout.isTTY && process.env["TERM"] !== "dumb";
  if (live) {
    const { runLive } = await importLive();
    return runLive(options);
  }
  await writeSnapshots(options, snapshots ?? 1);
  return 0;
}

/** Writes so many snapshots, an interval apart, until there is nobody who reads them. */
async function writeSnapshots(options: TopOptions, count: number): Promise<void> {
  const { directory, label, stdout, output, clock, intervalMs = 2000 } = options;
  const reader = createClientReader();
  const watch = createWatch(directory, reader, clock);
  const source = { label: safe(label), layout: safe(directory.layout) };
  try {
    for (let n = 0; n < count && stdout.writable; n++) {
      if (n > 0) await sleep(intervalMs);
      const look = await wholeLook(watch);
      const width = stdout.isTTY ? stdout.columns : undefined;
      const apart = n > 0 && output === "table" ? "\n" : "";
      stdout.write(
        apart + (output === "table" ? snapshotText(look, source, width) : snapshotJson(look, source, reader, output)),
      );
    }
  } finally {
    watch.close();
  }
}

/** A look that has seen everything, however long a walk takes. */
async function wholeLook(watch: Watch): Promise<Look> {
  for (;;) {
    const look = await watch.look({ limit: snapshotLimit });
    if (look.walk === undefined || look.walk.endedAt !== undefined) return look;
  }
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
