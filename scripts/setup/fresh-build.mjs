// dist/, built anew when what it is built from has changed. Also runs by itself: `node scripts/setup/fresh-build.mjs`.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run, say, SetupError, tail } from "./step.mjs";

const inputs = [
  "src",
  "scripts/build.mjs",
  "scripts/common-js.mjs",
  "scripts/merge-chunks.mjs",
  "scripts/quick-commander.mjs",
  "scripts/quick-ioredis.mjs",
  "scripts/silent-debug.mjs",
  "scripts/string-width.mjs",
  "scripts/geography",
  "scripts/empty.mjs",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
];

/** The build leaves the hash of its inputs here. */
export const stampFile = ".inputs";

/** Builds dist/ unless it was built from just these inputs. */
export function buildIfStale(root) {
  const stamp = path.join(root, "dist", stampFile);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hashOfInputs(root)) return;
  say("building");
  const { code, output } = run(process.execPath, [path.join(root, "scripts", "build.mjs")], { cwd: root });
  if (code !== 0) throw new SetupError(`the build failed.\n${tail(output, 40)}`);
}

/** A hash over the names and contents of everything that dist/ is built from. */
export function hashOfInputs(root) {
  const hash = createHash("sha256").update(process.version);
  for (const input of inputs) {
    for (const file of filesUnder(path.join(root, input))) {
      const name = path.relative(root, file).split(path.sep).join("/");
      hash.update(`${name}\0`).update(createHash("sha256").update(readFileSync(file)).digest());
    }
  }
  return hash.digest("hex");
}

function filesUnder(file) {
  if (!existsSync(file)) return [];
  try {
    const entries = readdirSync(file, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) =>
      entry.isDirectory() ? filesUnder(path.join(file, entry.name)) : [path.join(file, entry.name)],
    );
  } catch (error) {
    if (error.code === "ENOTDIR") return [file];
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    buildIfStale(path.resolve(path.dirname(process.argv[1]), "../.."));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
