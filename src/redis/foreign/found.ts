import type { AppliedLayout } from "../../layouts/session-of.js";
import { sessionOf, unreadable } from "../../layouts/session-of.js";
import type { Commands } from "../commands.js";
import type { Found } from "./change.js";
import { readValues } from "./values.js";

/** Reads the sessions under these keys; those that are none, are gone, or over at `now` (ms), are left out. */
export async function readSessions(
  commands: Commands,
  applied: AppliedLayout,
  keys: readonly string[],
  now: number,
): Promise<readonly Found[]> {
  const { layout, prefix } = applied;
  const values = await readValues(commands, layout.type, keys);
  return values.flatMap(({ key, bytes, fields, keyEndsAt, problem, size }) => {
    const stored = { key, prefix, rest: key.slice(prefix.length), bytes, fields, keyEndsAt };
    const session =
      problem === undefined ? sessionOf(applied, stored, now) : unreadable(applied, stored, problem, size);
    return session === undefined ? [] : [{ stored, session }];
  });
}
