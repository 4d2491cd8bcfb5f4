import { expectTypeOf, it } from "vitest";
import type { CreateOptions, RevokeUserOptions, RotateOptions } from "../src/index.js";

/** Applications have values that may be missing; an option takes them as if it were left out. */
it("options take undefined under exactOptionalPropertyTypes", () => {
  const user: string | undefined = undefined;
  expectTypeOf({ user, level: user, client: { ip: user } }).toExtend<CreateOptions>();
  expectTypeOf({ user, level: user, idleMs: undefined }).toExtend<RotateOptions>();
  expectTypeOf({ except: user, reason: user, actor: user }).toExtend<RevokeUserOptions>();
});
