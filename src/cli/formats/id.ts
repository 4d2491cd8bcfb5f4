import { safe } from "../../core/safe-text.js";
import { usageError } from "../errors.js";
import { joined } from "../say.js";
import type { Format } from "./format.js";
import { writeHeld } from "./held-rows.js";

/** One session id a line, for `sessctl revoke -`. Written when everything has been read: half a list would be ended as if it were whole. */
export const id: Format = {
  async write({ rows, idsOf }, { output }) {
    if (idsOf === undefined) throw usageError("what this command writes has no session ids", "Use sessctl list -o id.");
    const line = (sessionId: string) => joined([safe(sessionId), safe("")], "\n");
    await writeHeld(output, { rows, textOf: (some) => joined(some.flatMap((row) => idsOf(row).map(line))) });
  },
};
