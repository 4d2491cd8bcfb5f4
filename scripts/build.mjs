// Builds dist/: the library (one file, packages left outside), the command line (everything bundled, one chunk per
// dynamic import, so that a command loads only what it uses), the declarations, and the bundled packages' licences.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  loader: { ".lua": "text" },
  define: { SESSCTL_VERSION: JSON.stringify(version) },
  logLevel: "warning",
};

rmSync("dist", { recursive: true, force: true });
await build({ ...shared, entryPoints: { index: "src/index.ts" }, outdir: "dist", packages: "external" });

const cli = await build({
  ...shared,
  entryPoints: { main: "src/cli/main.ts" },
  outdir: "dist/cli",
  splitting: true,
  minify: true,
  keepNames: true,
  metafile: true,
  chunkNames: "chunks/[name]-[hash]",
  define: { ...shared.define, "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  // CommonJS packages inside an ES module bundle still ask for Node's own modules by require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  alias: { "react-devtools-core": "./scripts/empty.mjs" },
});
writeLicences(cli.metafile);
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });

/** The licence texts of all packages that were bundled, as their licences ask. */
function writeLicences(metafile) {
  const folders = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]);
  }
  const texts = [...folders]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const { name, version: packageVersion, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : `Licence: ${license}`;
      return `${name} ${packageVersion} (${license})\n\n${text}\n`;
    });
  mkdirSync("dist", { recursive: true });
  writeFileSync("dist/THIRD-PARTY-LICENSES.txt", texts.join(`\n${"-".repeat(78)}\n\n`));
}
