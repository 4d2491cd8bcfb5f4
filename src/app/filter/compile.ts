import { RE2JS } from "@bufbuild/re2";
import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { parseCidr } from "../../clients/cidr.js";
import { parseDuration, parseTime } from "../../core/duration.js";
import { SessctlError } from "../../core/errors.js";
import type { Field, FieldType } from "./fields.js";
import { nearest } from "../nearest.js";
import { mistake } from "./mistake.js";
import { userOf } from "./pushdown.js";

/** A filter that was checked. */
export interface Filter<Row> {
  /** Whether a row matches at `now` (ms). What asks about something the row does not tell does not match. Never throws. */
  readonly matches: (row: Row, now: number) => boolean;
  /** The user that every match has, where the filter says so. */
  readonly user: string | undefined;
}

/** Longest filter, in characters. */
const maxLength = 4000;
const limits = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

const spanType = "google.protobuf.Duration";
const timeType = "google.protobuf.Timestamp";
const types: Readonly<Record<FieldType, string>> = {
  text: "string",
  number: "int",
  time: timeType,
  span: spanType,
  texts: "list<string>",
  any: "dyn",
};

/** Methods that run their argument for each element: one inside another would take the product of their sizes. */
const loops = new Set(["all", "exists", "exists_one", "filter", "map"]);

/** Functions whose text is read once, before any row. */
const readers: Readonly<Record<string, (text: string, now: number) => string | undefined>> = {
  duration: (text) => `${parseDuration(text) / 1000}s`,
  timestamp: (text, now) => new Date(parseTime(text, now)).toISOString(),
  inCidr: (text) => void parseCidr(text),
  re: (text) => void RE2JS.compile(text),
};

/** Checks a filter in CEL against the fields there are; every mistake is an `invalid-argument` that shows its place. */
export function compileFilter<Row>(text: string, fields: readonly Field<Row>[], now: number): Filter<Row> {
  if (text.length > maxLength) {
    throw mistake(text, maxLength, "the filter is too long", `At most ${maxLength} characters.`);
  }
  const names = ["now", ...fields.map(({ name }) => name)];
  const environment = environmentOf(fields);
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  inspect(parsed(environment, text, names).ast, text, now, edits, "none");
  let source = text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    source = source.slice(0, edit.start) + JSON.stringify(edit.text) + source.slice(edit.end);
  }
  const checked = parsed(environment, text, names).check();
  if (checked.error !== undefined) throw explained(checked.error, text, names);
  if (checked.type !== "bool" && checked.type !== "dyn") {
    throw mistake(text, 0, `the filter is a ${checked.type ?? "value"}, not yes or no`, "Compare it with something.");
  }
  const program = parsed(environment, source, names);
  const used = namesIn(program.ast);
  const asked = fields.filter(({ name }) => used.has(name));
  const span = environment.evaluate('duration("1s")') as { readonly constructor: SpanClass };
  return {
    user: userOf(program.ast),
    matches(row, at) {
      try {
        return program(contextOf(row, asked, at, span.constructor)) === true;
      } catch {
        // It asks about something that this row has not, or has of another type.
        return false;
      }
    },
  };
}

interface SpanClass {
  fromMilliseconds(ms: number): object;
}

function environmentOf<Row>(fields: readonly Field<Row>[]): Environment {
  const environment = new Environment({ limits }).registerVariable("now", timeType);
  for (const { name, type } of fields) environment.registerVariable(name, types[type]);
  const networks = new Map<string, (ip: string) => boolean>();
  const patterns = new Map<string, RE2JS>();
  return environment
    .registerFunction("inCidr(string, string): bool", (ip: string, network: string) =>
      known(networks, network, parseCidr)(ip),
    )
    .registerFunction("re(string, string): bool", (value: string, pattern: string) =>
      known(patterns, pattern, (source) => RE2JS.compile(source)).test(value),
    );
}

function known<Value>(cache: Map<string, Value>, key: string, make: (key: string) => Value): Value {
  const value = cache.get(key) ?? make(key);
  cache.set(key, value);
  return value;
}

function parsed(environment: Environment, text: string, names: readonly string[]) {
  try {
    return environment.parse(text);
  } catch (error) {
    throw explained(error, text, names);
  }
}

/** Where in a loop over elements something stands. */
type Within = "none" | "receiver" | "body";

/** Refuses what could run long, and reads the texts that functions are given. */
function inspect(
  node: ASTNode,
  text: string,
  now: number,
  edits: { start: number; end: number; text: string }[],
  within: Within,
): void {
  if (node.op === "value" || node.op === "id") {
    if (within === "body" && node.op === "id" && node.args === "data") {
      throw mistake(text, node.start, "data cannot be used inside a loop over elements", "Use the loop's own name.");
    }
    return;
  }
  if (node.op === "rcall") {
    const [name] = node.args;
    if (name === "matches") {
      throw mistake(text, node.start, "matches() can run for minutes", 'Write re(userAgent, "pattern").');
    }
    if (name === "bind") throw mistake(text, node.start, "bind() is not offered", "Write the value out.");
    if (loops.has(name) && within !== "none") {
      throw mistake(text, node.start, `${name}() inside another loop`, "Join two filters with && instead.");
    }
  }
  if (node.op === "call") readArgument(node.args[0], node.args[1], text, now, edits);
  if (node.op === "rcall" && loops.has(node.args[0])) {
    inspect(node.args[1], text, now, edits, "receiver");
    for (const child of node.args[2]) inspect(child, text, now, edits, "body");
    return;
  }
  for (const child of childrenOf(node.args)) inspect(child, text, now, edits, within);
}

function readArgument(
  name: string,
  args: readonly ASTNode[],
  text: string,
  now: number,
  edits: { start: number; end: number; text: string }[],
): void {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  const arg = args.at(-1);
  if (read === undefined || arg === undefined) return;
  if (arg.op !== "value" || typeof arg.args !== "string") {
    throw mistake(text, arg.start, `${name}() wants a text in quotes`, 'As in duration("30m").');
  }
  try {
    const replaced = read(arg.args, now);
    if (replaced !== undefined) edits.push({ start: arg.range.start, end: arg.range.end, text: replaced });
  } catch (error) {
    const hint = error instanceof SessctlError ? error.hint : undefined;
    const what = error instanceof Error ? error.message : `${name}() cannot be read`;
    throw mistake(text, arg.start, what, hint ?? "Correct the text in quotes.");
  }
}

function childrenOf(args: unknown): readonly ASTNode[] {
  if (!Array.isArray(args)) return isNode(args) ? [args] : [];
  return args.flatMap((arg: unknown) => childrenOf(arg));
}

/** The names that an expression uses. */
function namesIn(node: ASTNode, names: Set<string> = new Set()): ReadonlySet<string> {
  if (node.op === "id" && typeof node.args === "string") names.add(node.args);
  for (const child of childrenOf(node.args)) namesIn(child, names);
  return names;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value;
}

function explained(error: unknown, text: string, names: readonly string[]): unknown {
  if (error instanceof SessctlError || !(error instanceof Error)) return error;
  const { summary, range } = error as Error & { summary?: string; range?: { start: number } };
  const at = Math.min(range?.start ?? 0, text.length);
  const rest = text.slice(at);
  const word = /^\s*(\w*)/.exec(rest)?.[1] ?? "";
  const what = summary ?? error.message;
  if (/^(and|or|not)\b/i.test(word) || /\b(and|or)\s*$/i.test(text.slice(0, at))) {
    return mistake(text, at, what, "Write && for and, || for or, ! for not.");
  }
  if (/^=(?!=)/.test(rest)) return mistake(text, at, what, "Write == to compare.");
  const near = /^unknown variable/i.test(what) ? nearest(word, names) : undefined;
  const meant = near === undefined ? "" : `Did you mean ${near}? `;
  return mistake(text, at, what, `${meant}Names: ${names.join(", ")}.`);
}

function contextOf<Row>(row: Row, fields: readonly Field<Row>[], now: number, span: SpanClass) {
  const context: Record<string, unknown> = { now: new Date(now) };
  for (const { name, type, of } of fields) {
    const value = of(row, now);
    if (type === "text") context[name] = value ?? "";
    else if (type === "any") context[name] = value ?? {};
    else if (value === undefined) continue;
    else if (typeof value !== "number") context[name] = value;
    else if (Number.isNaN(value)) continue;
    // What never comes is later than anything.
    else if (type === "time") context[name] = new Date(Math.max(-8.64e15, Math.min(8.64e15, value)));
    else if (type === "span") context[name] = span.fromMilliseconds(Math.max(-8.64e15, Math.min(8.64e15, value)));
    else context[name] = BigInt(Math.trunc(value));
  }
  return context;
}
