import { formatNames } from "../formats/index.js";
import {
  choiceSetting,
  commandSetting,
  databaseSetting,
  durationSetting,
  pathSetting,
  rateSetting,
  namespaceSetting,
  type Setting,
  switchSetting,
  textSetting,
  timerSetting,
} from "./setting.js";

/**
 * Everything that holds for every command, in the order of the help. To add a setting, add its entry here: its option, its
 * variable, its key in files, what the help says and its place in `Settings` follow from it.
 *
 * What says which Redis and how to get in is in no project file, and what is for one Redis in profiles alone.
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
  /** The profile that says which Redis; `undefined` when a URL does. */
  profile: textSetting({
    flags: "--profile <name>",
    env: "SESSCTL_PROFILE",
    file: { key: "profile", in: ["user", "project"] },
    about: "which Redis, by the name of a profile; see sessctl profile",
    fallback: undefined,
  }),
  username: textSetting({
    env: "SESSCTL_USERNAME",
    file: { key: "username", in: ["profile"] },
    about: "the user of Redis's ACL, where the URL names none",
    fallback: undefined,
  }),
  password: textSetting({
    env: "SESSCTL_PASSWORD",
    file: { key: "password", in: ["profile"] },
    about: "the password, where the URL has none",
    fallback: undefined,
  }),
  passwordCommand: commandSetting({
    file: { key: "passwordCommand", in: ["profile"] },
    about: "a program and its arguments, whose first line is the password",
  }),
  passwordFile: pathSetting({
    file: { key: "passwordFile", in: ["profile"] },
    about: "a file whose first line is the password",
  }),
  passwordEnv: textSetting({
    file: { key: "passwordEnv", in: ["profile"] },
    about: "the variable that has the password",
    fallback: undefined,
  }),
  db: databaseSetting({
    flags: "--db <number>",
    env: "SESSCTL_DB",
    file: { key: "db", in: ["profile"] },
    about: "number of the database, where the URL names none",
  }),
  tlsCa: pathSetting({
    env: "SESSCTL_TLS_CA",
    file: { key: "tls.ca", in: ["profile"] },
    about: "certificates of the authorities to trust instead of the usual ones, in PEM",
  }),
  tlsCert: pathSetting({
    env: "SESSCTL_TLS_CERT",
    file: { key: "tls.cert", in: ["profile"] },
    about: "our own certificate, in PEM",
  }),
  tlsKey: pathSetting({
    env: "SESSCTL_TLS_KEY",
    file: { key: "tls.key", in: ["profile"] },
    about: "its key, in PEM",
  }),
  tlsServername: textSetting({
    env: "SESSCTL_TLS_SERVERNAME",
    file: { key: "tls.servername", in: ["profile"] },
    about: "the name that Redis's certificate must be for, where it is not the host's",
    fallback: undefined,
  }),
  namespace: namespaceSetting({
    flags: "--namespace <name>",
    env: "SESSCTL_NAMESPACE",
    file: { key: "namespace", in: ["user", "profile", "project"] },
    about: "prefix of the sessions' keys",
    fallback: "sc",
  }),
  layout: textSetting({
    flags: "--layout <name>",
    env: "SESSCTL_LAYOUT",
    file: { key: "layout", in: ["user", "profile", "project"] },
    about: "how the sessions are stored, such as connect-redis; native is sessctl's own, auto finds out",
    fallback: "auto",
  }),
  /** `undefined`: the one that the layout's framework uses unless told otherwise. */
  prefix: textSetting({
    flags: "--prefix <text>",
    env: "SESSCTL_PREFIX",
    file: { key: "prefix", in: ["user", "profile", "project"] },
    about: "what the keys of another framework's sessions begin with",
    fallback: undefined,
  }),
  map: textSetting({
    flags: "--map <fields>",
    env: "SESSCTL_MAP",
    file: { key: "map", in: ["user", "profile", "project"] },
    about: "where the application keeps what in its sessions: user=passport.user,ip=meta.ip,ua=meta.ua",
    fallback: undefined,
  }),
  idleMs: durationSetting({
    flags: "--idle <duration>",
    env: "SESSCTL_IDLE",
    file: { key: "idle", in: ["user", "profile", "project"] },
    about: "the application's idle window, for layouts that do not tell it: then the TTL tells the last activity",
  }),
  scanRate: rateSetting({
    flags: "--scan-rate <keys>",
    env: "SESSCTL_SCAN_RATE",
    file: { key: "scanRate", in: ["user", "profile", "project"] },
    about:
      "most keys looked at in a second by a walk over all keys: another framework's sessions, doctor --full; 0 is no limit",
    fallback: "200000",
  }),
  /** Walks over all sessions are read from replicas; changes go to the master. */
  replica: switchSetting({
    flags: "--replica",
    env: "SESSCTL_REPLICA",
    file: { key: "replica", in: ["user", "profile", "project"] },
    about: "walk over the sessions on a replica; changes go to the master",
  }),
  timeoutMs: timerSetting({
    flags: "--timeout <duration>",
    env: "SESSCTL_TIMEOUT",
    file: { key: "timeout", in: ["user", "profile", "project"] },
    about: "how long Redis may take to answer, 1s to 1h",
    fallback: "2s",
  }),
  /** Changes need the profile's name typed. */
  protected: switchSetting({
    file: { key: "protected", in: ["profile"] },
    about: "changes need the profile's name typed",
  }),
  /** Every change is refused. */
  readOnly: switchSetting({
    file: { key: "readOnly", in: ["profile"] },
    about: "nothing can be changed",
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
  /** Databases that say where addresses are; without them the tables that were built in. Read when something asks. */
  geoCountry: pathSetting({
    flags: "--geo-country <file>",
    env: "SESSCTL_GEO_COUNTRY",
    file: { key: "geoCountry", in: ["user", "profile", "project"] },
    about: "MMDB of countries, in place of the built-in data",
  }),
  geoAsn: pathSetting({
    flags: "--geo-asn <file>",
    env: "SESSCTL_GEO_ASN",
    file: { key: "geoAsn", in: ["user", "profile", "project"] },
    about: "MMDB of networks (ASNs), in place of the built-in data",
  }),
  geoCity: pathSetting({
    flags: "--geo-city <file>",
    env: "SESSCTL_GEO_CITY",
    file: { key: "geoCity", in: ["user", "profile", "project"] },
    about: "MMDB of cities, for impossible travel",
  }),
  debug: switchSetting({
    flags: "--debug",
    env: "SESSCTL_DEBUG",
    about: "show where in the program an error arose",
  }),
} satisfies Readonly<Record<string, Setting<unknown>>>;

/** A setting's name in `Settings`. */
export type SettingName = keyof typeof settings;

/** The value of each setting. */
export type Settings = {
  readonly [Name in SettingName]: ReturnType<(typeof settings)[Name]["parse"]>;
};
