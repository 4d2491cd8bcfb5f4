import type { Command } from "commander";
import { askHidden } from "../ask-hidden.js";
import type { Context } from "../command.js";
import { editUserFile } from "../config/edit.js";
import { parseDocument } from "../config/document.js";
import { userFileOf } from "../config/places.js";
import { parseUrl, redactUrl } from "../config/url.js";
import { checkProfileName, hasPassword } from "../config/user-file.js";
import { usageError } from "../errors.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { readText } from "../io.js";
import { say } from "../say.js";
import { settings } from "../settings/index.js";
import type { Source } from "../settings/resolve.js";
import type { Setting } from "../settings/setting.js";

/** Settings of a profile that are no global options, each with the option that `profile add` has for it. */
const ownSettings = Object.values<Setting<unknown>>(settings).flatMap((setting) =>
  setting.flags === undefined && setting.file?.in.includes("profile") === true
    ? [{ setting, key: setting.file.key, flag: flagOf(setting.file.key) }]
    : [],
);

/** `tls.ca` as `--tls-ca`, `readOnly` as `--read-only`. */
function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll(".", "-")}`;
}

/** Declares the options of `profile add` that are not global. */
export function addProfileOptions(command: Command): void {
  for (const { setting, key, flag } of ownSettings) {
    if (key === "password") command.option(flag, "add: asks for the password, or reads it from standard input");
    else command.option(setting.form === "switch" ? flag : `${flag} <value>`, `add: ${setting.about}`);
  }
}

/** Adds a profile from the options given, the global ones among them. A password is asked for, and never on the command line. */
export async function addProfile(context: Context, name: string, flags: Source, command: Command): Promise<ExitCode> {
  const {
    io,
    settings: { quiet },
  } = context;
  checkProfileName(name, "profile add");
  const profile = await profileFrom(context, flags, command);
  const file = userFileOf(io.env);
  await editUserFile(file, (text) => {
    const profiles = parseDocument(text, file).members.find(({ key }) => key === "profiles")?.value;
    if (profiles?.members.some(({ key }) => key === name) === true) {
      throw usageError(`there is a profile ${name} already`, `Remove it first: sessctl profile remove ${name}`);
    }
    return [{ at: ["profiles", name], to: profile }];
  });
  if (!quiet) {
    await io.stderr.line(
      say`added ${name} to ${file}; --profile ${name} uses it, sessctl profile use ${name} makes it the usual one`,
    );
  }
  return exitCodes.done;
}

async function profileFrom(context: Context, flags: Source, command: Command): Promise<Record<string, unknown>> {
  const url = flags(settings.url)?.text;
  if (url === undefined) throw usageError("profile add needs --url", "sessctl profile add prod --url rediss://host");
  if (hasPassword(url)) {
    throw usageError(
      "a password in --url can be seen in the list of processes",
      `Give it when asked: --url ${redactUrl(url).replace(":***", "")} --password`,
    );
  }
  parseUrl(url);
  const profile: Record<string, unknown> = { url };
  for (const setting of Object.values<Setting<unknown>>(settings)) {
    const given = setting.file?.in.includes("profile") === true ? flags(setting) : undefined;
    if (given === undefined || setting.file === undefined) continue;
    setting.parse(given.text, given.where, given.folder);
    put(profile, setting.file.key, given.text);
  }
  const options = command.opts<Readonly<Record<string, string | true>>>();
  for (const { setting, key, flag } of ownSettings) {
    const value = options[command.options.find(({ long }) => long === flag)?.attributeName() ?? ""];
    if (value === undefined) continue;
    put(profile, key, key === "password" ? await passwordFrom(context) : checked(setting, String(value), flag));
  }
  const passwords = Object.keys(profile).filter((key) => key.startsWith("password"));
  if (passwords.length > 1) throw usageError(`${passwords.map(flagOf).join(" and ")} exclude each other`, "Give one.");
  return profile;
}

/** A value as it is written into the file. */
function checked(setting: Setting<unknown>, text: string, flag: string): unknown {
  if (setting.form === "list") return text.split(/\s+/).filter((word) => word !== "");
  const value = setting.parse(text, flag, process.cwd());
  // A path is written down whole: it was meant from here, and the file is elsewhere.
  return value;
}

async function passwordFrom({ io, settings: { noInput } }: Context): Promise<string> {
  const isAsked = io.stdin.isTTY;
  if (isAsked && noInput) throw usageError("the password has to be asked for", "Pipe it in, or leave --no-input out.");
  const password = isAsked
    ? await askHidden(io, say`Password: `)
    : ((await readText(io.stdin)).split(/\r?\n/, 1)[0] ?? "");
  if (password !== "") return password;
  throw usageError("no password was given", "Type it when asked, or pipe it in as the first line.");
}

function put(into: Record<string, unknown>, key: string, value: unknown): void {
  const [first = "", ...others] = key.split(".");
  if (others.length === 0) {
    into[first] = value;
    return;
  }
  const group = (into[first] ??= {}) as Record<string, unknown>;
  put(group, others.join("."), value);
}
