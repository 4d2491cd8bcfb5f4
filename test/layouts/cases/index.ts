import type { LayoutCases } from "./cases.js";
import { connectRedis } from "./connect-redis.js";

/** The cases of every layout, one or several lines each. */
export const layoutCases: readonly LayoutCases[] = [connectRedis];
