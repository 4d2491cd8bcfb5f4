import { version } from "./version.js";

// Nothing else is loaded for the version: shells and scripts ask for it often.
const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  start().catch((error: unknown) => {
    process.stderr.write(`sessctl: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
}

async function start(): Promise<void> {
  const { run, processIo } = await import("./start.js");
  const exitCode = await run(args, processIo(args.includes("--no-color")), version);
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // Whatever a closed connection still has to say is not waited for.
  process.exit(exitCode);
}

/** Resolves once all that was written has been handed on, or never can be. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve();
    else stream.write("", () => resolve());
  });
}
