import { type Command, CommanderError } from "commander";
import type { SafeText } from "../core/safe-text.js";
import type { Context } from "./command.js";
import { commands } from "./commands/index.js";
import { declareProgram } from "./declare.js";
import { lazyConnection } from "./lazy-connection.js";
import { failureLines, failureOf } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { refuseTwo } from "./given-twice.js";
import { guardOf } from "./guard.js";
import { commandPage } from "./help/command-page.js";
import { programPage } from "./help/program-page.js";
import { helpText } from "./help/text.js";
import { listenForInterrupts } from "./interrupts.js";
import type { Io } from "./io.js";
import { flagSource } from "./settings/options.js";
import { readSettings, settingsWithoutFiles } from "./settings/read.js";
import { say } from "./say.js";

/** Runs one command line to its end and gives the exit code; failures are shown on standard error. */
export async function run(args: readonly string[], io: Io, version: string): Promise<ExitCode> {
  const job: Job = { exitCode: exitCodes.done, where: undefined, debug: args.includes("--debug") };
  try {
    await createProgram(io, version, job)
      .parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" })
      .catch((error: unknown) => {
        // Help and version were asked for: commander has written them, and leaves by an exception.
        if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
      });
    // What has not been written has not been done.
    await io.stdout.flush();
    return job.exitCode;
  } catch (error) {
    const failure = failureOf(error);
    const { excerpt } = failure;
    // What measures text is loaded for those that have some to show.
    const place = excerpt && (await import("./excerpt.js")).excerptLines(excerpt, io.stderr.width);
    await io.stderr.line(failureLines(failure, job.where, io.stderr.paint, place));
    if (job.debug) await showStack(error, io);
    return failure.exitCode;
  }
}

/** What one run leaves behind. */
interface Job {
  exitCode: ExitCode;
  where: SafeText | undefined;
  /** Whether to show where in the program an error arose. */
  debug: boolean;
}

function createProgram(io: Io, version: string, job: Job): Command {
  const program = declareProgram(version).exitOverride();
  refuseTwo(program);
  program.configureHelp({ formatHelp: () => helpText(programPage(), io.stdout.width) }).configureOutput({
    // A failure is told by the flush at the end.
    writeOut: (text) => void io.stdout.write(text as SafeText).catch(() => undefined),
    // What went wrong comes as an exception too, and is shown in one place.
    writeErr: () => undefined,
    outputError: () => undefined,
  });
  for (const command of program.commands) command.copyInheritedSettings(program);
  program
    .command("help")
    .description("Help on a command or a topic.")
    .argument("[name]", "the command or topic")
    .action(async (name: string | undefined) => {
      const { helpOn } = await import("./help/help-on.js");
      await io.stdout.write(helpText(await helpOn(name, program), io.stdout.width) as SafeText);
    });
  program.hook("preSubcommand", async (_, command) => {
    const entry = commands.find(({ name }) => name === command.name());
    const loaded = await entry?.load();
    if (loaded === undefined) return;
    loaded.configure(command);
    refuseTwo(command);
    command.configureHelp({ formatHelp: () => helpText(commandPage(command, loaded, true), io.stdout.width) });
    command.action(async () => {
      job.exitCode = await execute(program, io, job, loaded.usesRedis ?? true, (context) =>
        loaded.run(context, command.args, command),
      );
    });
  });
  return program;
}

async function execute(
  program: Command,
  io: Io,
  job: Job,
  usesRedis: boolean,
  work: (context: Context) => Promise<ExitCode>,
): Promise<ExitCode> {
  const flags = flagSource(program);
  const settings = usesRedis ? await readSettings(flags, io.env) : settingsWithoutFiles(flags, io.env);
  job.debug = settings.debug;
  const connection = lazyConnection(settings, io.env, async (notice) => {
    if (!settings.quiet) await io.stderr.line(io.stderr.paint("faint", notice));
  });
  const interrupts = listenForInterrupts({
    end: (exitCode, isCutShort) => {
      // Nothing that is written to a terminal, a pipe or a file is put off: it is there before the process ends.
      if (isCutShort) void io.stderr.line(say`left at once; what was under way may be done all the same`);
      io.end(exitCode);
    },
    linger: () => void io.stderr.line(say`stopping after what is under way; once more leaves at once`),
  });
  const guard = guardOf(settings);
  try {
    return await work({ io, settings, connection, interrupts, ...(guard === undefined ? {} : { guard }) });
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
