import { hostname, userInfo } from "node:os";

/** Who runs this, for the record: `alice@host`, the user of the operating system; through sudo `alice@host (as root)`. */
export function currentActor(env: NodeJS.ProcessEnv): string {
  const name = userName();
  const before = env["SUDO_USER"] ?? "";
  return before === "" || before === name ? `${name}@${hostname()}` : `${before}@${hostname()} (as ${name})`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user id need not have a name.
    return String(process.getuid?.() ?? "?");
  }
}
