/** The names of one application's keys. */
export interface SessionKeys {
  readonly prefix: string;
  readonly session: (sid: string) => string;
  /** The session id in a key's name. */
  readonly sidOf: (key: string) => string;
  /** The tombstone of a session, on the slot of its key; `undefined` when the key's braces leave no such name. */
  readonly gone: (sid: string) => string | undefined;
  /** The glob pattern of all sessions' keys. */
  readonly pattern: string;
}

/** Key names as connect-redis has them, `<prefix><sid>`. */
export function sessionKeys(prefix: string): SessionKeys {
  const session = (sid: string) => prefix + sid;
  return {
    prefix,
    session,
    sidOf: (key) => key.slice(prefix.length),
    gone: (sid) => goneKey(session(sid)),
    pattern: `${prefix.replaceAll(/[\\*?[\]]/g, String.raw`\$&`)}*`,
  };
}

/** Begins with `gone:`, so that no pattern of sessions finds it. */
function goneKey(key: string): string | undefined {
  const open = key.indexOf("{");
  const close = key.indexOf("}", open + 1);
  // A hash tag of its own decides the slot, also further back in a name.
  if (open !== -1 && close > open + 1) return `gone:${key}`;
  return key.includes("}") ? undefined : `gone:{${key}}`;
}
