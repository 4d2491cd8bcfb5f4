import type { Requirement } from "../requirement.js";
import { cookies } from "./cookies.js";
import { ending } from "./ending.js";
import { lifetimes } from "./lifetimes.js";
import { tokens } from "./tokens.js";

/** All requirements there are; a policy names those it wants. */
export const requirements: readonly Requirement[] = [...tokens, ...lifetimes, ...ending, ...cookies];
