// Puts chunks of the command line together that are loaded together. esbuild makes a file of everything that just the same
// commands share, dozens of them, most of them tiny; and each costs a process about a millisecond.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** Smaller ones are worth loading for whoever needs but one of them, in bytes: a file of its own costs as much. */
const small = 8000;

/** Merges what is loaded together, and the small rest, each into one file in `outdir`/chunks. */
export async function mergeChunks(outdir, { outputs }) {
  const byName = new Map(Object.entries(outputs).map(([file, output]) => [path.basename(file), { file, ...output }]));
  const entries = Object.keys(outputs);
  const chunkOf = (source) => {
    const entry = entries.find((file) => outputs[file].entryPoint === source);
    if (entry === undefined) throw new Error(`no chunk of the build begins with ${source}`);
    return path.basename(entry);
  };
  const taken = new Set();
  const shared = (names) => [...names].filter((name) => !taken.has(name) && isShared(byName.get(name)));
  const loadedBy = (...sources) => {
    const loaded = new Set();
    for (const source of sources) closure(chunkOf(source), byName, loaded);
    return shared(loaded);
  };
  const groups = new Map();
  const group = (name, chunks) => {
    for (const chunk of chunks) taken.add(chunk);
    groups.set(name, [...(groups.get(name) ?? []), ...chunks]);
  };
  const connecting = ["src/cli/connection.ts", "src/cli/auto-connection.ts"];
  group("main", loadedBy("src/cli/main.ts"));
  group("help", loadedBy("src/cli/help/program-help.ts"));
  group("start", loadedBy("src/cli/start.ts"));
  group("list", loadedBy("src/cli/commands/list.ts", "src/cli/formats/table.ts"));
  // Some of what connects is also for those who do not: it must not bring them the rest.
  group("list", smallOnes(loadedBy(...connecting), byName, taken));
  group("small", smallOnes(shared(byName.keys()), byName, taken));
  group("connect", loadedBy(...connecting));
  for (const [name, chunks] of groups) await merge(outdir, `shared-${name}.js`, chunks, byName);
}

/** What is loaded with a file, by name. */
function closure(name, byName, seen) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const one of importsOf(byName.get(name))) closure(one, byName, seen);
  return seen;
}

function importsOf({ imports }) {
  return imports
    .filter(({ kind, external }) => kind === "import-statement" && !external)
    .map((one) => path.basename(one.path));
}

function isShared({ entryPoint }) {
  return entryPoint === undefined;
}

/** The small ones of some chunks that load nothing but each other and what is loaded anyway. */
function smallOnes(chunks, byName, taken) {
  let names = chunks.filter((name) => byName.get(name).bytes < small);
  for (let before = 0; before !== names.length;) {
    before = names.length;
    const inside = new Set([...names, ...taken]);
    names = names.filter((name) => importsOf(byName.get(name)).every((one) => inside.has(one)));
  }
  return names;
}

/** Makes one file of several, under new names for what they export, and has everybody import from it. */
async function merge(outdir, merged, group, byName) {
  const folder = path.join(outdir, "chunks");
  const number = new Map(group.map((name, n) => [name, n]));
  const exported = group.map((name, n) => {
    const names = byName.get(name).exports.map((one) => `${one} as ${renamed(n, one)}`);
    return `export { ${names.join(", ")} } from "./${name}";`;
  });
  const { outputFiles } = await build({
    stdin: { contents: exported.join("\n"), resolveDir: path.resolve(folder) },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    plugins: [
      {
        name: "others-stay-outside",
        setup(bundler) {
          bundler.onResolve({ filter: /^\.\.?\// }, (asked) =>
            number.has(path.basename(asked.path)) && asked.kind === "import-statement"
              ? undefined
              : { path: asked.path, external: true },
          );
        },
      },
    ],
  });
  for (const name of group) rmSync(path.join(folder, name));
  writeFileSync(path.join(folder, merged), outputFiles[0].text);
  for (const file of filesUnder(outdir)) {
    const text = readFileSync(file, "utf8");
    const rewritten = text.replaceAll(
      /import(?:\{([^}]*)\}from)?"(\.\/(?:chunks\/)?)(chunk-\w+\.js)";/g,
      (all, names, folderOf, name) =>
        number.has(name) ? importOf(names, number.get(name), `${folderOf}${merged}`) : all,
    );
    const left = group.find((name) => rewritten.includes(name));
    if (left !== undefined) throw new Error(`${file} still imports ${left}, which is in ${merged}`);
    writeFileSync(file, rewritten);
  }
}

function importOf(names, n, file) {
  if (names === undefined) return `import"${file}";`;
  const renames = names.split(",").map((one) => {
    const [name, , as = name] = one.split(" ");
    return `${renamed(n, name)} as ${as}`;
  });
  return `import{${renames.join(",")}}from"${file}";`;
}

function renamed(n, name) {
  return `m${n}_${name}`;
}

function filesUnder(outdir) {
  return readdirSync(outdir, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => path.join(outdir, name));
}
