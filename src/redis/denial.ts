import { SessctlError } from "../core/errors.js";

/** What Redis says when it denies a script a command, and does not say which. */
const unnamed = /The user executing the script can't run this command/;

/** The error for what the ACL denies a user, with the rule that allows it; `undefined` for any other error. */
export function denial(error: unknown, user: string): SessctlError | undefined {
  const text = error instanceof Error ? error.message : String(error);
  // A copy: the client's own error has the command's arguments with it.
  const cause = new Error(text);
  if (!/^NOPERM|ACL failure in script|user executing the script can't/.test(text)) return undefined;
  const names = namesIn(text);
  if (names.length > 0) {
    const told = names.map((name) => name.replaceAll("|", " ").toUpperCase()).join(" or ");
    return new SessctlError("denied", `Redis denies the user ${user} the command ${told}`, {
      hint: `ACL SETUSER ${user} ${names.map((name) => `+${name}`).join(" ")} allows it; sessctl acl prints all rules.`,
      cause,
    });
  }
  // Which key it is may be somebody's secret; Redis does not tell it either.
  const what = unnamed.test(text) ? "a command of a script" : "a key that is needed";
  return new SessctlError("denied", `Redis denies the user ${user} ${what}`, {
    hint: `sessctl acl prints all rules, and ACL GETUSER ${user} those that there are.`,
    cause,
  });
}

/** The same denial with the name of the command, where it is of a script with this source and Redis tells the line. */
export function namedInScript(reply: Error, source: string, user: string): Error {
  const { cause } = reply;
  if (!(cause instanceof Error) || !unnamed.test(cause.message)) return reply;
  const [, line = "0"] = /@user_script:(\d+)/.exec(cause.message) ?? [];
  const names = commandsIn(source.split("\n")[Number(line) - 1] ?? "").map((name) => `'${name}'`);
  const told = new Error(`NOPERM this user may not run the ${names.join(" or ")} command`, { cause });
  return names.length === 0 ? reply : (denial(told, user) ?? reply);
}

/** The commands that a script, or a line of one, calls, in small letters. */
export function commandsIn(source: string): readonly string[] {
  const called = [...source.matchAll(/call\("([A-Z]+)"/g)].map(([, name = ""]) => name.toLowerCase());
  return [...new Set(called)];
}

/** The commands between `run the` and `command`, as in `no permissions to run the 'xinfo|stream' command`. */
function namesIn(text: string): readonly string[] {
  const [, quoted = ""] = /run the ('.+') command/.exec(text) ?? [];
  return [...quoted.matchAll(/'([^']+)'/g)].map(([, name = ""]) => name.toLowerCase());
}
