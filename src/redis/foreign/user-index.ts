import type { AppliedLayout } from "../../layouts/session-of.js";
import type { Commands } from "../commands.js";

/** The keys of a user's sessions by the framework's own index; `undefined` where there is none to be trusted. */
export async function keysOfUser(
  commands: Commands,
  { layout: { userIndex }, prefix }: AppliedLayout,
  user: string,
): Promise<readonly string[] | undefined> {
  const key = userIndex?.key(prefix, user);
  if (userIndex === undefined || key === undefined) return undefined;
  const [members = null] = await commands.manyBytes([["SMEMBERS", key]]);
  if (members instanceof Error) throw members;
  return (Array.isArray(members) ? members : []).flatMap((member) => {
    const session = Buffer.isBuffer(member) ? userIndex.sessionKey(member, prefix) : undefined;
    return session === undefined || !session.startsWith(prefix) ? [] : [session];
  });
}
