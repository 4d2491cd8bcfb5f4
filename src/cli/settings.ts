import { type Command, Option } from "commander";
import type { FormatName } from "./formats/index.js";
import { formatNames } from "./formats/index.js";
import { timerOption } from "./values.js";

/** What holds for every command: the global options, with their defaults filled in. */
export interface Settings {
  /** `undefined` when none was asked for: then it is the command's own default. */
  readonly output: FormatName | undefined;
  readonly url: string;
  readonly namespace: string;
  readonly timeoutMs: number;
  /** Only data and errors. */
  readonly quiet: boolean;
  /** Times for people in UTC rather than local time. */
  readonly utc: boolean;
  /** CSV cells as they are, also those that a spreadsheet would take for formulas. */
  readonly csvRaw: boolean;
}

const defaultUrl = "redis://127.0.0.1:6379";
const defaultNamespace = "sc";
const defaultTimeout = "2s";

/** Declares the global options on the program. */
export function addGlobalOptions(program: Command): void {
  program
    .addOption(
      new Option(
        "-o, --output <format>",
        "form of the output; ndjson is written as it is read, the others whole or not at all",
      ).choices(formatNames),
    )
    .addOption(new Option("--url <url>", `which Redis (env: SESSCTL_URL, default: ${defaultUrl})`))
    .addOption(new Option("--namespace <name>", "prefix of the sessions' keys").default(defaultNamespace))
    .addOption(
      new Option("--timeout <duration>", "how long Redis may take to answer, 1s to 1h").default(defaultTimeout),
    )
    .addOption(new Option("--utc", "times for people in UTC rather than local time"))
    .addOption(new Option("--csv-raw", "CSV without the guard against formulas"))
    .addOption(new Option("--no-color", "no colours; also NO_COLOR=1, FORCE_COLOR=1 asks for them"))
    .addOption(new Option("-q, --quiet", "say only what was asked for, and errors"))
    .addOption(new Option("--debug", "show where in the program an error arose"));
}

/** The settings from the parsed options, then the environment, then the defaults. */
export function settingsOf(program: Command, env: NodeJS.ProcessEnv): Settings {
  const options = program.opts<{
    output?: FormatName;
    url?: string;
    namespace: string;
    timeout: string;
    quiet?: boolean;
    utc?: boolean;
    csvRaw?: boolean;
  }>();
  return {
    output: options.output,
    url: options.url ?? (env["SESSCTL_URL"] || defaultUrl),
    namespace: options.namespace,
    timeoutMs: timerOption("--timeout", options.timeout),
    quiet: options.quiet ?? false,
    utc: options.utc ?? false,
    csvRaw: options.csvRaw ?? false,
  };
}
