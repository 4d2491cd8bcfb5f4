import { hidePasswords } from "./process-title.js";
import { version } from "./version.js";

// Shells and scripts ask for the version often, and people for help: nothing is loaded for them but what they say.
const args = process.argv.slice(2);
hidePasswords(args);
const [first] = args;
if (args.length > 1) start();
else if (first === "--version" || first === "-V") write(`${version}\n`);
else if (first === undefined || ["--help", "-h", "help"].includes(first)) void writeHelp();
else start();

async function writeHelp(): Promise<void> {
  const { programHelp } = await import("./help/program-help.js");
  const { isTTY, columns } = process.stdout;
  write(programHelp(isTTY && columns > 0 ? columns : 80));
}

/** Writes it as the program would; the program says the same, and what to say when that cannot be written. */
function write(text: string): void {
  process.stdout.once("error", start).write(text);
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
