// Turns the files of the command line, which esbuild can split only as ES modules, into CommonJS: Node finds, reads and
// links an ES module in about a millisecond, and a CommonJS one in a fifth of that.
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transform } from "esbuild";

/**
 * Rewrites every file under `outdir`. What begins with one of `awaiting`, sources that wait for something at their top
 * level, cannot be CommonJS: it becomes an `.mjs` file that requires the others.
 */
export async function toCommonJs(outdir, { outputs }, { awaiting, options }) {
  const modules = Object.keys(outputs)
    .filter((file) => awaiting.includes(outputs[file].entryPoint))
    .map((file) => path.basename(file));
  if (modules.length !== awaiting.length) throw new Error(`not each of these begins a file: ${awaiting.join(", ")}`);
  const isModule = (file) => modules.includes(path.basename(file));
  const named = (file) => (isModule(file) ? file.replace(/\.js$/, ".mjs") : file);
  // esbuild would make a file that is loaded later one that may be anything, and look into it at every loading.
  const loading = (all, file) =>
    isModule(file) ? `import("${named(file)}")` : `Promise.resolve().then(()=>require("${file}"))`;
  for (const name of readdirSync(outdir, { recursive: true }).filter((one) => one.endsWith(".js"))) {
    const file = path.join(outdir, name);
    const source = readFileSync(file, "utf8").replaceAll(/\bimport\("((?:\.\/|node:)[^"]+)"\)/g, loading);
    if (isModule(name)) {
      renameSync(file, named(file));
      writeFileSync(named(file), await requiring(source, options));
    } else {
      const define = { "import.meta.dirname": "__dirname" };
      const { code } = await transform(source, { ...options, format: "cjs", sourcefile: name, define });
      writeFileSync(file, code);
    }
  }
  writeFileSync(path.join(outdir, "package.json"), '{ "type": "commonjs" }\n');
}

/** An ES module that requires the files it imported, and looks into them when it uses them: what they export may change. */
async function requiring(source, options) {
  const files = new Map();
  const define = {};
  const rest = source.replaceAll(/\bimport(?:\{([^}]*)\}from)?"(\.\/[^"]+)";/g, (_, names, file) => {
    if (!files.has(file)) files.set(file, `__required${files.size}`);
    for (const one of names?.split(",") ?? []) {
      const [name, , as = name] = one.split(" ");
      define[as] = `${files.get(file)}.${name}`;
    }
    return "";
  });
  const required = Array.from(files, ([file, as]) => `${as}=require("${file}")`).join();
  const banner = `import{createRequire}from"node:module";const require=createRequire(import.meta.url),${required};`;
  const { code } = await transform(rest, { ...options, format: "esm", define });
  return `${banner}${code}`;
}
