import type { SessionData } from "express-session";
import type { Serializer } from "./options.js";

/** A session as it is stored, whatever else is in it. */
export type StoredSession = Readonly<Record<string, unknown>> & SessionData;

/** A session from its text; `undefined` for what express-session could not make one of: it would fail every request of its visitor. */
export async function parseSession(text: string, serializer: Serializer): Promise<StoredSession | undefined> {
  try {
    const value: unknown = await serializer.parse(text);
    return isSession(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSession(value: unknown): value is StoredSession {
  return (
    typeof value === "object" &&
    value !== null &&
    "cookie" in value &&
    typeof value.cookie === "object" &&
    value.cookie !== null
  );
}
