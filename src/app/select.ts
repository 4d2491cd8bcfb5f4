import { SessctlError } from "../core/errors.js";
import type { DirectorySession, SessionDirectory } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import { candidates, type Criteria, matcher, type OnRead } from "./criteria.js";
import { resolveIds } from "./find.js";

/** Which sessions to change: by ids or beginnings of them, or by criteria (none of them is all) but those to keep. */
export type Selection =
  | { readonly by: "ids"; readonly ids: readonly string[] }
  | { readonly by: "criteria"; readonly criteria: Criteria; readonly keep: readonly string[] };

/** A selection at one moment: exactly these sessions will be changed, whatever comes later. */
export interface Selected {
  readonly ids: readonly SessionId[];
  readonly sessions: readonly DirectorySession[];
  /** Ids asked for that nothing has. */
  readonly missing: readonly string[];
}

/** Reads which sessions a selection means at `now` (ms). Throws `not-found` when a session to keep is not there: better nothing ended than that one. */
export async function select(
  directory: SessionDirectory,
  selection: Selection,
  now: number,
  onRead?: OnRead,
): Promise<Selected> {
  if (selection.by === "ids") return frozen(await resolveIds(directory, selection.ids));
  const { criteria } = selection;
  const { sessions: kept, missing } = await resolveIds(directory, selection.keep);
  const matches = matcher(criteria, now);
  const chosen: DirectorySession[] = [];
  for await (const sessions of candidates(directory, criteria, onRead))
    for (const session of sessions) if (matches(session)) chosen.push(session);
  const keep = new Set(kept.map(({ id }) => id));
  const lost = missing[0] ?? [...keep].find((id) => !chosen.some((session) => session.id === id));
  if (lost !== undefined) {
    throw new SessctlError("not-found", `the session to keep, ${lost}, is not among those selected`, {
      hint: "Nothing was changed. List the sessions and choose again.",
    });
  }
  return frozen({ sessions: chosen.filter(({ id }) => !keep.has(id)), missing: [] });
}

function frozen({ sessions, missing }: Pick<Selected, "sessions" | "missing">): Selected {
  return { ids: sessions.map(({ id }) => id), sessions, missing };
}
