import { createHash } from "node:crypto";
import type { BytesReply, Commands } from "../commands.js";

/** A script on other applications' keys. Those share no slot: what it is given must not span keys that lie apart in a cluster. */
export interface Lua {
  readonly source: string;
  readonly sha1: string;
  /** Whether it changes nothing: then a replica may run it, and Redis sees to it that it does not. */
  readonly readOnly: boolean;
}

/** One call of a script. */
export interface LuaCall {
  readonly keys: readonly string[];
  readonly args: readonly (string | number | Buffer)[];
}

/** A script from its source. */
export function lua(source: string, { readOnly = false } = {}): Lua {
  return { source, sha1: createHash("sha1").update(source).digest("hex"), readOnly };
}

/** Runs a script on each input, in one round trip once Redis knows it; one that fails has its error in place of its reply. */
export async function runLua(
  commands: Commands,
  { source, sha1, readOnly }: Lua,
  calls: readonly LuaCall[],
): Promise<(BytesReply | Error)[]> {
  const suffix = readOnly ? "_RO" : "";
  const send = (name: string, script: string, some: readonly LuaCall[]) =>
    commands.manyBytes(some.map(({ keys, args }) => [`${name}${suffix}`, script, keys.length, ...keys, ...args]));
  const replies = await send("EVALSHA", sha1, calls);
  const unknown = calls.flatMap((_, n) => (isUnknownScript(replies[n]) ? [n] : []));
  const again = await send(
    "EVAL",
    source,
    unknown.flatMap((n) => calls[n] ?? []),
  );
  for (const [m, n] of unknown.entries()) replies[n] = again[m] ?? null;
  return replies.map((reply) => (reply instanceof Error ? commands.ofScript(reply, source) : reply));
}

function isUnknownScript(reply: BytesReply | Error | undefined): boolean {
  return reply instanceof Error && reply.message.startsWith("NOSCRIPT");
}
