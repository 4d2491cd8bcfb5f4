import { safe } from "../../core/safe-text.js";
import type { Format } from "./format.js";

/** One session id a line, for `sessctl revoke -`. */
export const id: Format = {
  async write({ rows, idsOf }, { output }) {
    for await (const batch of rows) {
      for (const row of batch) for (const sessionId of idsOf(row)) await output.line(safe(sessionId));
      if (output.closed) return;
    }
  },
};
