// Builds dist/: the library (one file per entry and what they share, packages left outside), the command line (everything bundled, one chunk per
// dynamic import, so that a command loads only what it uses), the declarations, and the bundled packages' licences.
// It is built beside and put in place at the end, so that a program that runs meanwhile finds the old one or the new.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { toCommonJs } from "./common-js.mjs";
import { compileGeography } from "./geography/compile.mjs";
import { mergeChunks } from "./merge-chunks.mjs";
import { quickCommander } from "./quick-commander.mjs";
import { quickIoredis } from "./quick-ioredis.mjs";
import { hashOfInputs, stampFile } from "./setup/fresh-build.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const stamp = hashOfInputs(root);
const out = `dist.${process.pid}`;
process.once("exit", () => rmSync(out, { recursive: true, force: true }));
const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  loader: { ".lua": "text", ".bash": "text", ".zsh": "text", ".fish": "text" },
  define: { SESSCTL_VERSION: JSON.stringify(version) },
  logLevel: "warning",
};

// Split, so that an error made by one entry is an instance of the class that another exports.
await bundle({
  ...shared,
  entryPoints: {
    index: "src/index.ts",
    express: "src/http/express.ts",
    fastify: "src/http/fastify.ts",
    "express-session": "src/express-session/index.ts",
  },
  outdir: out,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  packages: "external",
});

// Identifiers stay: stack traces are readable, and restoring names (keepNames) took a tenth of a command's start.
const minify = { minifySyntax: true, minifyWhitespace: true };

const cli = await bundle({
  ...shared,
  entryPoints: { main: "src/cli/main.ts" },
  plugins: [quickCommander, quickIoredis],
  outdir: `${out}/cli`,
  splitting: true,
  ...minify,
  metafile: true,
  chunkNames: "chunks/[name]-[hash]",
  define: { ...shared.define, "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  alias: {
    "react-devtools-core": "./scripts/empty.mjs",
    "string-width": "./scripts/string-width.mjs",
    // Its main file is in a form whose imports esbuild cannot see.
    "jsonc-parser": "jsonc-parser/lib/esm/main.js",
  },
});
await mergeChunks(`${out}/cli`, cli.metafile);
const { platform, target } = shared;
await toCommonJs(`${out}/cli`, cli.metafile, {
  // Through the layout engine of ink.
  awaiting: ["src/tui/live.ts"],
  options: { ...minify, platform, target },
});
writeLicences(cli.metafile, compileGeography(out));
const tsc = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", `${out}/types`];
// What is wrong it says itself.
if (spawnSync(process.execPath, tsc, { stdio: "inherit" }).status !== 0) process.exit(1);
writeFileSync(path.join(out, stampFile), stamp);
replaceDist();

/** Runs esbuild; what is wrong with the sources it says itself. */
async function bundle(options) {
  try {
    return await build(options);
  } catch {
    process.exit(1);
  }
}

function replaceDist() {
  const old = `dist.old.${process.pid}`;
  // Another build may put its own in place between the two steps: then take that one away in turn.
  for (let tries = 0; ; tries += 1) {
    try {
      if (existsSync("dist")) renameSync("dist", old);
      renameSync(out, "dist");
      break;
    } catch (error) {
      if (tries === 9) throw error;
    } finally {
      rmSync(old, { recursive: true, force: true });
    }
  }
}

/** The licence texts of all packages that were bundled, as their licences ask, and the credit that data is given for. */
function writeLicences(metafile, credits) {
  const folders = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]);
  }
  const texts = [...folders]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const {
        name,
        version: packageVersion,
        license,
        author,
      } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file
        ? readFileSync(`${folder}/${file}`, "utf8").trim()
        : `${license}, ${author?.name ?? author ?? name}`;
      return `${name} ${packageVersion} (${license})\n\n${text}\n`;
    });
  mkdirSync(out, { recursive: true });
  writeFileSync(
    `${out}/THIRD-PARTY-LICENSES.txt`,
    [...texts, ...credits.map((credit) => `${credit}\n`)].join(`\n${"-".repeat(78)}\n\n`),
  );
}
