// The last line of `.ci/run`, and its exit code: `node scripts/count-line.mjs COUNTS TEST-CODE CHECK-CODE`, where COUNTS is
// the file that count-reporter.mjs wrote.
import { existsSync, readFileSync } from "node:fs";

const [file, testCode, checkCode] = process.argv.slice(2);
const counts =
  file && existsSync(file) && readFileSync(file, "utf8") ? JSON.parse(readFileSync(file, "utf8")) : undefined;
let failed = counts?.failed ?? 0;

for (const name of counts?.unexplained ?? []) fail(`skipped without a reason: ${name}`);
if (!counts) fail("the tests did not run to their end");
else if (counts.passed + counts.failed === 0) fail("no test ran");
if (testCode !== "0" && failed === 0) fail(`npm test ended with ${testCode}`);
if (checkCode !== "0") fail("npm run check failed");

console.log(`${counts?.passed ?? 0} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function fail(why) {
  failed += 1;
  console.log(`FAILED ${why}`);
}
