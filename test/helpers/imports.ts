import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "oxc-parser";

/** How one file names another, or a package. `unreadable`: an import whose target is computed. */
export type ImportKind = "static" | "type" | "re-export" | "dynamic" | "unreadable";

/** One import of one file. */
export interface ImportEdge {
  /** The importing file, from the source folder, with `/`. */
  readonly from: string;
  readonly kind: ImportKind;
  readonly specifier: string;
  /** The imported file, from the source folder; `undefined` for a package, and for a file that does not exist. */
  readonly to: string | undefined;
  /** The imported package, or the module of Node's own with its `node:`; `undefined` for a file. */
  readonly package: string | undefined;
}

/** The source files under a folder, declarations left out. */
export function sourceFiles(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts"))
    .toSorted((a, b) => a.localeCompare(b));
}

/** Every import of one file, whichever its form. */
export function importsOf(root: string, file: string): readonly ImportEdge[] {
  return importsIn(file, readFileSync(path.join(root, file), "utf8")).map(({ kind, specifier }) => ({
    from: file,
    kind,
    specifier,
    to: specifier.startsWith(".") ? resolve(root, file, specifier) : undefined,
    package: specifier.startsWith(".") || kind === "unreadable" ? undefined : packageName(specifier),
  }));
}

/** Every import in a text of TypeScript. */
export function importsIn(
  file: string,
  text: string,
): readonly { readonly kind: ImportKind; readonly specifier: string }[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const found: { kind: ImportKind; specifier: string }[] = [];
  visit(program, (node) => {
    const kind = kindOf(node);
    if (kind) found.push(specifierOf(kind, node));
  });
  return found;
}

type Node = { readonly type: string; readonly [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function visit(value: unknown, each: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, each);
  else if (isNode(value)) {
    each(value);
    for (const child of Object.values(value)) visit(child, each);
  }
}

function kindOf(node: Node): ImportKind | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      return node["importKind"] === "type" ? "type" : "static";
    case "ExportAllDeclaration":
      return "re-export";
    case "ExportNamedDeclaration":
      return node["source"] ? "re-export" : undefined;
    case "ImportExpression":
      return "dynamic";
    case "TSImportType":
      return "type";
    case "TSExternalModuleReference":
      return "static";
    case "CallExpression": {
      const callee = node["callee"];
      return isNode(callee) && callee["name"] === "require" ? "static" : undefined;
    }
    default:
      return undefined;
  }
}

function specifierOf(kind: ImportKind, node: Node): { kind: ImportKind; specifier: string } {
  const args: readonly unknown[] = Array.isArray(node["arguments"]) ? node["arguments"] : [];
  const source = node["source"] ?? node["argument"] ?? node["expression"] ?? args[0];
  const literal = isNode(source) && source.type === "TSLiteralType" ? source["literal"] : source;
  const value = isNode(literal) ? literal["value"] : undefined;
  return typeof value === "string" ? { kind, specifier: value } : { kind: "unreadable", specifier: "(computed)" };
}

function resolve(root: string, from: string, specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(from), specifier);
  const candidates = [target, target.replace(/\.js$/, ".ts"), target.replace(/\.js$/, ".tsx")];
  return candidates.find((file) => /\.(tsx?|lua|bash|zsh|fish)$/.test(file) && existsSync(path.join(root, file)));
}

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
