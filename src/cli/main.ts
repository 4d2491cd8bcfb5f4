import { hidePasswords } from "./process-title.js";
import { version } from "./version.js";

// Nothing else is loaded for the version: shells and scripts ask for it often.
const args = process.argv.slice(2);
hidePasswords(args);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // The program says the same, and what to say when that cannot be written.
  process.stdout.once("error", start).write(`${version}\n`);
} else {
  start();
}

function start(): void {
  runProgram().catch((error: unknown) => {
    process.stderr.write(`sessctl: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
}

async function runProgram(): Promise<void> {
  const { run, processIo } = await import("./start.js");
  const io = processIo(args.includes("--no-color"));
  const exitCode = await run(args, io, version);
  await io.stderr.flush();
  // Whatever a closed connection still has to say is not waited for.
  process.exit(exitCode);
}
