// Builds bench/detection and runs it: `npm run bench:detection`.
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.dirname(import.meta.dirname);
process.chdir(root);
// As deep as the sources: the bundle finds their packages, the tables of places, and what it reads by its own address.
const folder = mkdtempSync(path.join(root, "bench/.built-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const outfile = path.join(folder, "main.mjs");
await build({
  entryPoints: ["bench/detection/main.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  loader: { ".lua": "text" },
  define: { SESSCTL_VERSION: '"bench"' },
  logLevel: "warning",
});
process.argv.splice(1, 1, outfile);
await import(pathToFileURL(outfile).href);
