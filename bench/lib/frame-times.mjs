import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Milliseconds of frames at several sizes of terminal, drawn by the sources as the build has them. */
export async function frameTimes() {
  const root = path.resolve(import.meta.dirname, "../..");
  const folder = mkdtempSync(path.join(tmpdir(), "sessctl-bench-"));
  const outfile = path.join(folder, "frames.mjs");
  try {
    await build({
      entryPoints: [path.join(root, "bench/frames.ts")],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      logLevel: "warning",
      minifySyntax: true,
      define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
      banner: { js: 'import { createRequire as __r } from "node:module"; const require = __r(import.meta.url);' },
      alias: {
        "react-devtools-core": path.join(root, "scripts/empty.mjs"),
        "string-width": path.join(root, "scripts/string-width.mjs"),
      },
    });
    const { frames } = await import(pathToFileURL(outfile).href);
    return await frames();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
