import path from "node:path";
import { describe, expect, test } from "vitest";
import { importsIn, importsOf, sourceFiles, type ImportEdge } from "./helpers/imports.js";
import { layers, type Layer } from "./helpers/layers.js";

const root = path.resolve(import.meta.dirname, "../src");
const files = sourceFiles(root);
const edges = files.flatMap((file) => importsOf(root, file));
const byName = new Map(layers.map((layer) => [layer.name, layer]));

/** The folder of src/ that a file is in; the file itself when it is in none. */
function layerOf(file: string): string {
  return file.split("/", 1)[0] ?? file;
}

function layerRule(file: string): Layer {
  const layer = byName.get(layerOf(file));
  if (!layer) throw new Error(`${file}: test/helpers/layers.ts has no entry for ${layerOf(file)}`);
  return layer;
}

function say({ from, kind, specifier }: ImportEdge): string {
  return `${from} → ${specifier} (${kind}); ${layerRule(from).name}: ${layerRule(from).why}`;
}

describe("the imports of src/", () => {
  test("were read: many files, and imports of every form that is in use", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(edges.filter((edge) => edge.to !== undefined).length).toBeGreaterThan(60);
    for (const kind of ["static", "type", "re-export", "dynamic"]) {
      expect(edges.map((edge) => edge.kind)).toContain(kind);
    }
    expect(edges.map((edge) => edge.package)).toContain("ioredis");
  });

  test("are each of a file that exists, or of a package, and not computed", () => {
    expect(edges.filter((edge) => edge.to === undefined && edge.package === undefined).map(say)).toEqual([]);
  });

  test("go only to layers that the importing one may use", () => {
    const wrong = edges.filter(({ from, to, kind }) => {
      if (to === undefined || layerOf(to) === layerOf(from)) return false;
      const { layers: allowed, lazy } = layerRule(from);
      return !allowed.includes(layerOf(to)) && !(kind === "dynamic" && lazy?.includes(layerOf(to)));
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test("go to layers with a single way in from that file only", () => {
    const wrong = edges.filter(({ from, to }) => {
      if (to === undefined || layerOf(to) === layerOf(from)) return false;
      const entries = layerRule(from).only?.[layerOf(to)];
      return entries !== undefined && !entries.includes(from);
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test("go only to packages that the layer may use", () => {
    const wrong = edges.filter(({ from, package: name }) => {
      if (name === undefined) return false;
      const { packages } = layerRule(from);
      return !packages.includes(name) && !(name.startsWith("node:") && packages.includes("node:*"));
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test("form no cycle", () => {
    expect(cycles(edges)).toEqual([]);
  });
});

describe("the rules", () => {
  test("have redis as the only layer with ioredis, and core without any package", () => {
    expect(layers.filter(({ packages }) => packages.includes("ioredis")).map(({ name }) => name)).toEqual(["redis"]);
    expect(byName.get("core")?.packages).toEqual(["node:crypto"]);
  });

  test("let tui and demo be reached by import() only", () => {
    expect(layers.filter((layer) => layer.layers.some((name) => name === "tui" || name === "demo"))).toEqual([]);
  });

  test("are for layers that exist, and allow no cycle among them", () => {
    const named = layers.flatMap((layer) =>
      [...layer.layers, ...(layer.lazy ?? [])].map((to) => ({ from: layer.name, to })),
    );
    expect(named.filter(({ to }) => !byName.has(to))).toEqual([]);
    expect(cycles(named)).toEqual([]);
  });
});

describe("the reader of imports", () => {
  test.each([
    ['import { a } from "./a.js"', "static"],
    ['import "./a.js"', "static"],
    ['import type { A } from "./a.js"', "type"],
    ['let a: import("./a.js").A', "type"],
    ['export * from "./a.js"', "re-export"],
    ['export { a } from "./a.js"', "re-export"],
    ['export type { A } from "./a.js"', "re-export"],
    ['async function f() { return await import("./a.js") }', "dynamic"],
    ['import a = require("./a.js")', "static"],
    ['const a = require("./a.js")', "static"],
  ])("sees %s", (text, kind) => {
    expect(importsIn("x.ts", text)).toEqual([{ kind, specifier: "./a.js" }]);
  });

  test("says so when a target is computed", () => {
    expect(importsIn("x.ts", "await import(name)")).toEqual([{ kind: "unreadable", specifier: "(computed)" }]);
  });

  test("finds a cycle, and says which", () => {
    expect(
      cycles([
        { from: "a", to: "b" },
        { from: "b", to: "c" },
        { from: "c", to: "b" },
      ]),
    ).toEqual(["b → c → b"]);
  });
});

/** One description for each cycle met, depth first. */
function cycles(graph: readonly { readonly from: string; readonly to: string | undefined }[]): readonly string[] {
  const next = new Map<string, (string | undefined)[]>();
  for (const { from, to } of graph) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (node: string, trail: readonly string[]): void => {
    const start = trail.indexOf(node);
    if (start !== -1) found.push([...trail.slice(start), node].join(" → "));
    if (start !== -1 || done.has(node)) return;
    for (const to of next.get(node) ?? []) if (to !== undefined) walk(to, [...trail, node]);
    done.add(node);
  };
  for (const node of next.keys()) walk(node, []);
  return found;
}
