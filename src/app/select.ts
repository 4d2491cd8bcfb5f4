import { SessctlError } from "../core/errors.js";
import type { DirectorySession, SessionDirectory } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import { resolveIds } from "./find.js";

/** Which sessions to change: by ids or beginnings of them, or all of a user but those to keep. */
export type Selection =
  | { readonly by: "ids"; readonly ids: readonly string[] }
  | { readonly by: "user"; readonly user: string; readonly keep: readonly string[] };

/** A selection at one moment: exactly these sessions will be changed, whatever comes later. */
export interface Selected {
  readonly ids: readonly SessionId[];
  readonly sessions: readonly DirectorySession[];
  /** Ids asked for that nothing has. */
  readonly missing: readonly string[];
}

/** Reads which sessions a selection means now. Throws `not-found` when a session to keep is not there: better nothing ended than that one. */
export async function select(directory: SessionDirectory, selection: Selection): Promise<Selected> {
  if (selection.by === "ids") return frozen(await resolveIds(directory, selection.ids));
  const { sessions: kept, missing } = await resolveIds(directory, selection.keep);
  const ofUser = await directory.byUser(selection.user);
  const keep = new Set(kept.map(({ id }) => id));
  const lost = missing[0] ?? [...keep].find((id) => !ofUser.some((session) => session.id === id));
  if (lost !== undefined) {
    throw new SessctlError("not-found", `the session to keep, ${lost}, is not among the user's`, {
      hint: "Nothing was changed. List the user's sessions and choose again.",
    });
  }
  return frozen({ sessions: ofUser.filter(({ id }) => !keep.has(id)), missing: [] });
}

function frozen({ sessions, missing }: Pick<Selected, "sessions" | "missing">): Selected {
  return { ids: sessions.map(({ id }) => id), sessions, missing };
}
