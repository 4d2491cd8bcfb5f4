// Runs every static check, the `check:…` scripts of package.json, all of them even when one fails, and shows the output
// of those that did.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./setup/fresh-build.mjs";
import { run, SetupError } from "./setup/step.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

try {
  // Two of them look at the package as it would be published.
  buildIfStale(root);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}

const PATH = `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}`;
const checks = Object.entries(scripts).filter(([name]) => name.startsWith("check:"));
const failed = checks.filter(([name, command]) => {
  const { code, output } = run(command, [], { cwd: root, shell: true, env: { ...process.env, PATH } });
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${command})`);
  if (code !== 0) console.log(`${output}\n`);
  return code !== 0;
});
process.exitCode = checks.length === 0 || failed.length > 0 ? 1 : 0;
