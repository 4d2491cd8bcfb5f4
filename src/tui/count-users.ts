import type { SessionDirectory } from "../core/ports.js";

/** How many users have sessions: counted one by one, or by the directory's estimate. */
export async function countUsers(directory: SessionDirectory, exact: boolean): Promise<number> {
  if (!exact) return directory.estimateUsers();
  const users = new Set<string>();
  for await (const sessions of directory.walk()) {
    for (const { user } of sessions) if (user !== undefined) users.add(user);
  }
  return users.size;
}
