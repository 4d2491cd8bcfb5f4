import { hostname, userInfo } from "node:os";

/** Who runs this, for the record: `alice@host`, the user of the operating system. */
export function currentActor(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A container's user id need not have a name.
    return `${process.getuid?.() ?? "?"}@${hostname()}`;
  }
}
