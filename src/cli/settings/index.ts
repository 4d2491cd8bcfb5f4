import { formatNames } from "../formats/index.js";
import { choiceSetting, type Setting, switchSetting, textSetting, timerSetting } from "./setting.js";

/**
 * Everything that holds for every command, in the order of the help. To add a setting, add its entry here: its option, its
 * variable, its key in files, what the help says and its place in `Settings` follow from it.
 */
export const settings = {
  /** `undefined` when none was asked for: then it is the command's own default. */
  output: choiceSetting({
    flags: "-o, --output <format>",
    env: "SESSCTL_OUTPUT",
    file: { key: "output", in: ["user"] },
    about: "form of the output; ndjson is written as it is read, the others whole or not at all",
    choices: formatNames,
    fallback: undefined,
  }),
  url: textSetting({
    flags: "--url <url>",
    env: "SESSCTL_URL",
    file: { key: "url", in: ["profile"] },
    about: "which Redis",
    fallback: "redis://127.0.0.1:6379",
  }),
  namespace: textSetting({
    flags: "--namespace <name>",
    env: "SESSCTL_NAMESPACE",
    file: { key: "namespace", in: ["user", "profile", "project"] },
    about: "prefix of the sessions' keys",
    fallback: "sc",
  }),
  timeoutMs: timerSetting({
    flags: "--timeout <duration>",
    env: "SESSCTL_TIMEOUT",
    file: { key: "timeout", in: ["user", "profile", "project"] },
    about: "how long Redis may take to answer, 1s to 1h",
    fallback: "2s",
  }),
  /** Times for people in UTC rather than local time. */
  utc: switchSetting({
    flags: "--utc",
    env: "SESSCTL_UTC",
    file: { key: "utc", in: ["user"] },
    about: "times for people in UTC rather than local time",
  }),
  /** CSV cells as they are, also those that a spreadsheet would take for formulas. No file turns the guard off for good. */
  csvRaw: switchSetting({ flags: "--csv-raw", about: "CSV without the guard against formulas" }),
  /** Any value of the variable is a yes: no-color.org says so. What is decided of it is in `wantsColour`. */
  noColor: {
    ...switchSetting({ flags: "--no-color", env: "NO_COLOR", about: "no colours; FORCE_COLOR=1 asks for them" }),
    parse: () => true,
  },
  /** Only data and errors. */
  quiet: switchSetting({
    flags: "-q, --quiet",
    env: "SESSCTL_QUIET",
    file: { key: "quiet", in: ["user"] },
    about: "say only what was asked for, and errors",
  }),
  /** Nobody is asked anything: a question is a usage error. */
  noInput: switchSetting({
    flags: "--no-input",
    env: "SESSCTL_NO_INPUT",
    file: { key: "noInput", in: ["user"] },
    about: "ask nothing; what would be asked is an error",
  }),
  debug: switchSetting({
    flags: "--debug",
    env: "SESSCTL_DEBUG",
    about: "show where in the program an error arose",
  }),
} satisfies Readonly<Record<string, Setting<unknown>>>;

/** The value of each setting. */
export type Settings = {
  readonly [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]["parse"]>;
};
