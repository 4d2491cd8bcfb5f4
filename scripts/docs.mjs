// Makes the documents that say what the program is from the program itself: `npm run docs`. A test compares them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
// Inside the project, so that the packages left outside of the bundle are found.
const folder = mkdtempSync(path.join(root, "node_modules", ".docs-"));
try {
  const outfile = path.join(folder, "pages.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["scripts/docs/pages.ts"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    loader: { ".lua": "text", ".bash": "text", ".zsh": "text", ".fish": "text" },
    define: { SESSCTL_VERSION: '""' },
    logLevel: "warning",
  });
  const { pages } = await import(pathToFileURL(outfile).href);
  for (const [file, make] of Object.entries(pages)) writeFileSync(path.join(root, file), `${await make()}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
