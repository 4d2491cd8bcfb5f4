import { SessctlError } from "../core/errors.js";
import type { DirectorySession, SessionDirectory } from "../core/ports.js";
import { safe } from "../core/safe-text.js";
import { idOfToken, isSessionId, isToken, type SessionId } from "../core/token.js";
import { abbreviate } from "./abbreviate.js";
import { inBatches } from "./in-batches.js";

/** Fewest characters of an id that may stand for it. */
export const shortestPrefix = 4;

/** Candidates named when an id is ambiguous. */
const candidatesShown = 6;

const prefixForm = /^[0-9a-f]{4,32}$/;

/** What ids given by a person stand for. */
export interface Resolved {
  /** In the order given, each once. */
  readonly sessions: readonly DirectorySession[];
  /** What was given and nothing has, in the order given. */
  readonly missing: readonly string[];
}

/**
 * The sessions that ids or unique beginnings of ids (4 or more characters, either case) stand for.
 *
 * Throws `invalid-argument` for what cannot be an id and `ambiguous-id`, naming candidates, before anything is read of the rest.
 */
export async function resolveIds(directory: SessionDirectory, texts: readonly string[]): Promise<Resolved> {
  const given = [...new Set(texts.map(checkedPrefix))];
  const resolved = new Map<string, SessionId>();
  for (const text of given) {
    const id = isSessionId(text) ? text : await unique(directory, text);
    if (id !== undefined) resolved.set(text, id);
  }
  const found = new Map<SessionId, DirectorySession>();
  for await (const sessions of inBatches([...new Set(resolved.values())], (ids) => directory.get(ids))) {
    for (const session of sessions) found.set(session.id, session);
  }
  const isThere = (text: string) => found.has(resolved.get(text) ?? "");
  return { sessions: [...found.values()], missing: given.filter((text) => !isThere(text)) };
}

/** Checks the form of an id or the beginning of one, and gives it in lower case. A token is never repeated in the error. */
export function checkedPrefix(text: string): string {
  const trimmed: string = text.trim();
  const prefix = trimmed.toLowerCase();
  if (prefixForm.test(prefix)) return prefix;
  const token = isToken(trimmed) ? trimmed : undefined;
  if (token !== undefined) {
    throw new SessctlError("invalid-argument", "that is a session's token, which opens it, and not its id", {
      hint: `The id is ${idOfToken(token)}. Keep tokens out of command lines: others can read those.`,
    });
  }
  const shown = safe(trimmed.length > 8 ? `${trimmed.slice(0, 8)}…` : trimmed);
  throw new SessctlError("invalid-argument", `"${shown}" is not a session id`, {
    hint: `An id is 32 hex characters, or its first ${shortestPrefix} or more.`,
  });
}

async function unique(directory: SessionDirectory, prefix: string): Promise<SessionId | undefined> {
  const candidates = await directory.find(prefix, candidatesShown + 1);
  if (candidates.length <= 1) return candidates[0];
  const named = await directory.get(candidates.slice(0, candidatesShown));
  const shortened = abbreviate(candidates, Math.max(prefix.length + 1, 8));
  const list = named.map(({ id, user }) => `${shortened(id)} (${user === undefined ? "anonymous" : safe(user)})`);
  const more = candidates.length > candidatesShown ? ", …" : "";
  throw new SessctlError("ambiguous-id", `more than one session's id begins with ${prefix}`, {
    hint: `Candidates: ${list.join(", ")}${more}.`,
  });
}
