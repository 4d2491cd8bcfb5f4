import { SessctlError } from "../core/errors.js";
import type { SessionEvent } from "../core/event.js";
import type { DirectorySession } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import type { AuditedDirectory } from "./audited-directory.js";

/** Users asked for side by side. */
const together = 32;

/**
 * The sessions to which something happened since an instant, by the events and the index of flagged ones, and all other
 * sessions of their users, each once. Costs what happened, not how many sessions there are.
 */
export async function* recentlyActive(
  directory: AuditedDirectory,
  events: readonly SessionEvent[],
  since: number,
): AsyncIterable<readonly DirectorySession[]> {
  const { layout, capabilities } = directory;
  const { get, byUser, flaggedSince } = directory;
  if (!capabilities.events || flaggedSince === undefined || get === undefined || byUser === undefined) {
    throw new SessctlError(
      "unsupported",
      `layout ${layout} does not keep what happened, so what is recent cannot be told`,
      {
        hint: "Leave --recent out: then all sessions are looked at.",
      },
    );
  }
  const users = new Set<string>();
  const ids = new Set<SessionId>(await flaggedSince.call(directory, since));
  for (const { id, user, type } of events) {
    if (type === "expired" || type === "destroyed") continue;
    if (user === undefined) ids.add(id);
    else users.add(user);
  }
  const alone = await get.call(directory, [...ids]);
  for (const { user } of alone) if (user !== undefined) users.add(user);
  yield alone.filter(({ user }) => user === undefined);
  const all = [...users];
  for (let start = 0; start < all.length; start += together) {
    const found = await Promise.all(all.slice(start, start + together).map((user) => byUser.call(directory, user)));
    // What cannot be decoded is told with every user whose index names it; it has no user of its own.
    yield found.flat().filter(({ user }) => user !== undefined);
  }
}
