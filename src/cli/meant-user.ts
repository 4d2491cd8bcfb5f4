import { usersLike } from "../app/users-like.js";
import type { SafeText } from "../core/safe-text.js";
import type { Context } from "./command.js";
import { joined, say } from "./say.js";
import { canBeTyped } from "./typed-name.js";

/** Names offered. */
const mostOffered = 3;

/** Says that there was nothing of a kind, and which user may have been meant by one that has no session. */
export async function nothingMatched(
  { io, settings, ...context }: Pick<Context, "io" | "settings" | "connection">,
  kind: "session" | "event",
  user: string | undefined,
): Promise<void> {
  if (settings.quiet) return;
  const meant = await meantUser(context, user);
  const none = say`no ${kind} matched`;
  await io.stderr.line(meant === undefined ? none : joined([none, meant], "; "));
}

/** Which user may have been meant by one that has no session: `did you mean alice?` */
export async function meantUser(
  { connection }: Pick<Context, "connection">,
  user: string | undefined,
): Promise<SafeText | undefined> {
  if (user === undefined) return undefined;
  const names = (await usersLike(await connection.open(), user)).filter(canBeTyped);
  if (names.length === 0) return undefined;
  const more = names.length > mostOffered ? ", …" : "";
  return say`did you mean ${names.slice(0, mostOffered).join(", ")}${more}?`;
}
