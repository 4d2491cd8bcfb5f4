import { Command, CommanderError } from "commander";
import type { SafeText } from "../core/safe-text.js";
import type { CliCommand, CommandEntry, Context } from "./command.js";
import { commands } from "./commands/index.js";
import { lazyConnection } from "./lazy-connection.js";
import { failureLines, failureOf } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { examplesText } from "./help.js";
import { listenForInterrupts } from "./interrupts.js";
import type { Io } from "./io.js";
import { addGlobalOptions, settingsOf } from "./settings.js";
import { say } from "./say.js";

/** Runs one command line to its end and gives the exit code; failures are shown on standard error. */
export async function run(args: readonly string[], io: Io, version: string): Promise<ExitCode> {
  const job: Job = { exitCode: exitCodes.done, where: undefined };
  try {
    await createProgram(io, version, job)
      .parseAsync(withHelpAsOption(args), { from: "user" })
      .catch((error: unknown) => {
        // Help and version were asked for: commander has written them, and leaves by an exception.
        if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
      });
    // What has not been written has not been done.
    await io.stdout.flush();
    return job.exitCode;
  } catch (error) {
    const failure = failureOf(error);
    await io.stderr.line(failureLines(failure, job.where, io.stderr.paint));
    if (args.includes("--debug")) await showStack(error, io);
    return failure.exitCode;
  }
}

/** At the beginning of the program's help. */
const examples: CliCommand["examples"] = [
  ["sessctl list --user alice", "alice's sessions"],
  ["sessctl show a3f09c2e", "everything about one session"],
  ["sessctl revoke --user alice --reason 'lost phone'", "end all of alice's sessions"],
  ["sessctl list -o id --limit 3 | sessctl revoke - --yes", "end the three most recently active"],
  ["sessctl audit --anomalies --fail-on high", "look for hijacked sessions; exit 10 when there are any"],
  ["sessctl top", "watch sessions live"],
];

/** What one run leaves behind. */
interface Job {
  exitCode: ExitCode;
  where: SafeText | undefined;
}

/** `help list` is `list --help`: only a command that is run gets loaded and knows its options. */
function withHelpAsOption(args: readonly string[]): string[] {
  const [first, name] = args;
  if (first === undefined) return ["--help"];
  if (first !== "help" || name === undefined || name.startsWith("-")) return [...args];
  const known = commands.some((entry) => entry.name === name || entry.alias === name);
  return known ? [name, "--help"] : [name];
}

function createProgram(io: Io, version: string, job: Job): Command {
  const program = new Command("sessctl")
    .description("Lists, audits, watches and ends the web sessions that are kept in a Redis.")
    .usage("<command> [options]")
    .version(version, "-V, --version", "the version")
    .helpOption("-h, --help", "this help; after a command, that command's")
    .helpCommand("help [command]", "help on a command")
    .addHelpText("before", examplesText(examples))
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      // A failure is told by the flush at the end.
      writeOut: (text) => void io.stdout.write(text as SafeText).catch(() => undefined),
      // What went wrong comes as an exception too, and is shown in one place.
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .exitOverride();
  addGlobalOptions(program);
  for (const entry of commands) addCommand(program, entry);
  program.hook("preSubcommand", async (_, command) => {
    const entry = commands.find(({ name }) => name === command.name());
    const loaded = await entry?.load();
    if (loaded === undefined) return;
    command.addHelpText("before", examplesText(loaded.examples));
    loaded.configure(command);
    command.action(async () => {
      job.exitCode = await execute(program, io, job, (context) => loaded.run(context, command.args, command));
    });
  });
  return program;
}

function addCommand(program: Command, { name, alias, summary }: CommandEntry): void {
  const command = program
    .command(name)
    .summary(summary)
    .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`);
  if (alias !== undefined) command.alias(alias);
}

async function execute(
  program: Command,
  io: Io,
  job: Job,
  work: (context: Context) => Promise<ExitCode>,
): Promise<ExitCode> {
  const settings = settingsOf(program, io.env);
  const connection = lazyConnection(settings);
  const interrupts = listenForInterrupts(() => io.end(exitCodes.interrupted));
  try {
    return await work({ io, settings, connection, interrupts });
  } finally {
    job.where = connection.where;
    interrupts.release();
    await connection.close();
  }
}

async function showStack(error: unknown, io: Io): Promise<void> {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    for (const line of (cause.stack ?? "").split("\n")) await io.stderr.line(say`${line}`);
  }
}
