import type { WatchedSession } from "../app/watch/session.js";
import type { SafeText } from "../core/safe-text.js";
import type { SessionId } from "../core/token.js";

/** A session that something is to be done to, as it was when it was chosen. */
export interface Target {
  readonly id: SessionId;
  readonly name: SafeText;
  readonly user: SafeText | undefined;
  /** Address seen last. */
  readonly ip: SafeText | undefined;
}

/** What is kept of a row that was chosen. */
export function targetOf({ id, name, user, ip }: WatchedSession): Target {
  return { id, name, user, ip };
}

/** Whose sessions these are and how many of each, the most first; anonymous ones are `undefined`. */
export function ownersOf(
  targets: readonly Target[],
): readonly { readonly user: Target["user"]; readonly count: number }[] {
  const counts = new Map<Target["user"], number>();
  for (const { user } of targets) counts.set(user, (counts.get(user) ?? 0) + 1);
  return [...counts].map(([user, count]) => ({ user, count })).toSorted((a, b) => b.count - a.count);
}

/** Whose sessions these are in a few words: `alice`, `alice (2), bob`, `alice (2), bob and 5 more`. */
export function ownersText(targets: readonly Target[], most = 2): string {
  const owners = ownersOf(targets);
  const named = owners
    .slice(0, most)
    .map(({ user, count }) => `${user ?? "anonymous"}${count > 1 ? ` (${count})` : ""}`);
  const more = owners.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
