import { safe } from "../../core/safe-text.js";
import { usageError } from "../errors.js";
import { joined } from "../say.js";
import type { Format } from "./format.js";
import { textOfBatches } from "./text-of-batches.js";

/** One session id a line, for `sessctl revoke -`. Written when everything has been read: half a list would be ended as if it were whole. */
export const id: Format = {
  async write({ rows, idsOf }, { output }) {
    if (idsOf === undefined) throw usageError("what this command writes has no session ids", "Use sessctl list -o id.");
    const line = (sessionId: string) => joined([safe(sessionId), safe("")], "\n");
    const texts = await textOfBatches(rows, (batch) => joined(batch.flatMap((row) => idsOf(row).map(line))));
    for (const text of texts) await output.write(text);
  },
};
