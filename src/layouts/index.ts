import { SessctlError } from "../core/errors.js";
import { connectRedis } from "./connect-redis.js";
import type { Layout } from "./layout.js";

/** Every layout but sessctl's own. To add one, write its file as `layout.ts` says and add its line. */
export const layouts: readonly Layout[] = [connectRedis];

/** The layout with this name; `invalid-argument` names those there are. */
export function layoutNamed(name: string): Layout {
  const layout = layouts.find((candidate) => candidate.name === name);
  if (layout !== undefined) return layout;
  throw new SessctlError("invalid-argument", `there is no layout ${JSON.stringify(name)}`, {
    hint: `Layouts: native, ${layouts.map((known) => known.name).join(", ")}.`,
  });
}
