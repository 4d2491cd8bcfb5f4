import { RE2JS } from "@bufbuild/re2";
import type { ASTNode } from "@marcbachmann/cel-js";
import { nodesOf } from "./ast.js";
import { loops } from "./inspect.js";

/**
 * Most work that one row may be, in characters and elements looked at, by an estimate that is never too low: an ordinary
 * row is a few thousand, and this much takes some tenths of a second.
 */
const most = 100_000_000;

/** How much a filter does with what a row holds. */
export interface Cost {
  /** Looks at a text or a list, wherever they stand. */
  readonly looks: number;
  /** Those that are repeated for each element of a list. */
  readonly looksOfLoops: number;
  /** What a loop sees at each element: that alone, a field too, or the data. */
  readonly loopsSee: "elements" | "fields" | "all";
  /** Most times that a text can grow by being put together with others. */
  readonly growth: number;
  /** Whether a text is taken apart into a list. */
  readonly splits: boolean;
}

/** How much of a row there is. */
export interface Size {
  /** Characters of the longest text. */
  text: number;
  /** Elements of the longest list or map. */
  list: number;
  /** Characters and elements in all. */
  all: number;
}

/** The cost of a filter's expression; `names` are those of the fields. */
export function costOf(ast: ASTNode, names: readonly string[]): Cost {
  const nodes = nodesOf(ast);
  const bodies = nodes.flatMap((node) =>
    node.op === "rcall" && loops.has(node.args[0]) ? node.args[2].flatMap((arg) => nodesOf(arg)) : [],
  );
  const named = new Set(bodies.map((node) => (node.op === "id" ? node.args : "")));
  return {
    looks: sum(nodes.map(weight)),
    looksOfLoops: sum(bodies.map(weight)),
    loopsSee: named.has("data") ? "all" : names.some((name) => named.has(name)) ? "fields" : "elements",
    growth: 1 + nodes.filter(({ op }) => op === "+").length,
    splits: nodes.some((node) => node.op === "rcall" && ["split", "join"].includes(node.args[0])),
  };
}

/** Whether a filter of this cost can be let loose on a row of this size. */
export function isAffordable(cost: Cost, { text, list, all }: Size): boolean {
  const { looks, looksOfLoops, loopsSee, growth, splits } = cost;
  const elements = splits ? Math.max(list, growth * text) : list;
  // All elements together are no more than there is in all.
  const loop = { elements: all + elements, fields: elements * (1 + text), all: elements * (text + all) }[loopsSee];
  return growth * (looks * (text + all) + looksOfLoops * loop) <= most;
}

/** Adds what is in a value to a size; gives up, with the size beyond any limit, once it is too large. */
export function measure(value: unknown, size: Size): void {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    size.all += 1;
    if (size.all > most) return;
    if (typeof next === "string") {
      size.text = Math.max(size.text, next.length);
      size.all += next.length;
    } else if (typeof next === "object" && next !== null) {
      const entries = Array.isArray(next) ? next : Object.entries(next).flat();
      size.list = Math.max(size.list, entries.length);
      for (const entry of entries) waiting.push(entry);
    }
  }
}

/** A pattern may try as many ways at each character as it has instructions; a step of it takes longer than a comparison. */
function weight(node: ASTNode): number {
  if (node.op !== "call" || node.args[0] !== "re") return 1;
  const [, pattern] = node.args[1];
  if (pattern?.op !== "value" || typeof pattern.args !== "string") return 1;
  return 1 + 10 * RE2JS.compile(pattern.args).re2().prog.numInst();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
