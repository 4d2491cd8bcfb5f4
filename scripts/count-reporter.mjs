// A vitest reporter that writes what really ran, as JSON, to the file named by SESSCTL_COUNTS. `.ci/run` reads it.
import { writeFileSync } from "node:fs";

/** Counts passed, failed and skipped tests when a run ends; a test file that could not be loaded is one failure. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, unexplained: [], reason };
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1;
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) counts.failed += 1;
      }
      for (const test of module.children.allTests()) count(counts, test);
    }
    if (process.env.SESSCTL_COUNTS) writeFileSync(process.env.SESSCTL_COUNTS, JSON.stringify(counts));
  }
}

function count(counts, test) {
  const { state, note } = test.result();
  if (state === "passed" || state === "failed") {
    counts[state] += 1;
    return;
  }
  counts.skipped += 1;
  // The reason is the note of `context.skip(condition, "why")`. A test that never came to a result has none.
  if (!note) counts.unexplained.push(`${test.module.relativeModuleId}: ${test.fullName}`);
}
