/** A URL in an argument, up to its password, and its password. */
const passwordInUrl = /([a-z+]+:\/\/[^:@/]*:).*@/i;

/**
 * Takes passwords out of what the system's list of processes shows of this one. They were to be seen there while Node
 * started, and a shell may remember them: the environment and profiles are the better places.
 */
export function hidePasswords(args: readonly string[]): void {
  if (!args.some((arg) => passwordInUrl.test(arg))) return;
  process.title = ["sessctl", ...args.map((arg) => arg.replace(passwordInUrl, "$1***@"))].join(" ");
}
