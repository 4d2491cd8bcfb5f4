import type { Criteria } from "../app/criteria.js";
import type { Context } from "./command.js";
import { counted, say } from "./say.js";

/** Says on standard error how many sessions a filter did not look at, if any: they may be the ones that are looked for. */
export async function sayTooLarge({ io }: Pick<Context, "io">, { tooLarge }: Criteria): Promise<void> {
  const count = tooLarge?.() ?? 0;
  if (count === 0) return;
  const them = count === 1 ? "it was" : "they were";
  await io.stderr.line(say`${counted(count, "session")} too large for this filter: ${them} left out`);
}
