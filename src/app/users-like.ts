import type { SessionDirectory } from "../core/ports.js";
import { nearest } from "./nearest.js";

/** Most recent sessions in which names are looked for: some 20 ms. */
const searched = 2000;

/**
 * Users with recent sessions whose names hold a text in whichever case, or else the one whose name is near it: for whoever
 * asked for a user that has no session. None when it is a user's very name, or where telling the most recent sessions means
 * to read all.
 */
export async function usersLike(directory: SessionDirectory, text: string): Promise<readonly string[]> {
  if (directory.capabilities.recent !== "index") return [];
  const sessions = await directory.recent(searched);
  const names = [...new Set(sessions.map(({ user }) => user).filter((user) => user !== undefined))];
  if (names.includes(text)) return [];
  const holding = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const near = holding.length > 0 ? undefined : nearest(text, names);
  return near === undefined ? holding : [near];
}
