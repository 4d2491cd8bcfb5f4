import path from "node:path";
import { buildIfStale } from "../../scripts/setup/fresh-build.mjs";

/**
 * Gives the tests that run the built command line a build of the present sources, also when vitest was started by hand.
 * Sources that cannot be built do not stop the tests of other files: it is said, and what was built last is tested.
 */
export function setup(): void {
  try {
    buildIfStale(path.resolve(import.meta.dirname, "../.."));
  } catch (error) {
    if (process.env["CI"]) throw error;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\ndist/ is not of these sources!\n`);
  }
}
