import { version } from "./version.js";

// Nothing else is loaded for the version: shells and scripts ask for it often.
const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  start().catch((error: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`sessctl: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  });
}

async function start(): Promise<void> {
  const [{ run }, { processIo }] = await Promise.all([import("./program.js"), import("./io.js")]);
  process.exitCode = await run(args, processIo(args.includes("--no-color")), version);
}
