import { RE2JS } from "@bufbuild/re2";
import type { ASTNode } from "@marcbachmann/cel-js";
import { parseCidr } from "../../clients/cidr.js";
import { parseDuration, parseTime } from "../../core/duration.js";
import { SessctlError } from "../../core/errors.js";
import { childrenOf } from "./ast.js";
import { memberMethod, presence } from "./environment.js";
import { mistake } from "./mistake.js";

/** Text to put in the place of a part of the filter. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Methods that run their argument for each element: one inside another would take the product of their sizes. */
export const loops: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

/** Functions whose last argument is a text that is read once, before any row: how many arguments, and how. */
const readers: Readonly<Record<string, readonly [count: number, (text: string, now: number) => string | undefined]>> = {
  duration: [1, (text) => JSON.stringify(`${parseDuration(text) / 1000}s`)],
  timestamp: [1, (text, now) => JSON.stringify(new Date(parseTime(text, now)).toISOString())],
  inCidr: [2, (text) => void parseCidr(text)],
  re: [2, (text) => void RE2JS.compile(text)],
};

/**
 * Looks a filter through. Refuses what could run for long, or is sure to be meant otherwise; gives the edits that make
 * texts into what they say, and let a key that is not there be null.
 */
export function inspect(ast: ASTNode, text: string, now: number): readonly Edit[] {
  const edits: Edit[] = [];
  refuseAsCondition(ast, text);
  visit(ast, false);
  return edits;

  function visit(node: ASTNode, inLoop: boolean): void {
    switch (node.op) {
      case "&&":
      case "||":
        for (const operand of node.args) refuseAsCondition(operand, text);
        break;
      case "!_":
        refuseAsCondition(node.args, text);
        break;
      case "?:":
        refuseAsCondition(node.args[0], text);
        break;
      case ".":
        edits.push(memberEdit(node, text));
        break;
      case "[]": {
        const [of, index] = node.args;
        const open = text.lastIndexOf("[", index.range.start - 1);
        if (open >= of.range.end - 1) edits.push({ start: open, end: open + 1, text: `.${memberMethod}(` });
        edits.push({ start: node.range.end - 1, end: node.range.end, text: ")" });
        break;
      }
      case "call": {
        const [name, args] = node.args;
        if (name === "has")
          edits.push({ start: node.range.start, end: node.range.start + name.length, text: presence });
        const edit = readArgument(name, args, text, now);
        if (edit !== undefined) edits.push(edit);
        break;
      }
      case "rcall": {
        const [name, receiver, args] = node.args;
        if (name === "matches") {
          throw mistake(text, node.start, "matches() can run for minutes", 'Write re(userAgent, "pattern").');
        }
        if (name === "bind") throw mistake(text, node.start, "bind() is not offered", "Write the value out.");
        if (!loops.has(name)) break;
        if (inLoop) {
          throw mistake(text, node.start, `${name}() inside another loop`, "Join two filters with && instead.");
        }
        visit(receiver, inLoop);
        for (const child of args) visit(child, true);
        return;
      }
      default:
    }
    for (const child of childrenOf(node.args)) visit(child, inLoop);
  }
}

/** `data` is never yes or no by itself, and as a filter it would match nothing. */
function refuseAsCondition(node: ASTNode, text: string): void {
  if (node.op !== "id" || node.args !== "data") return;
  const what = "data is all that the application keeps, and not yes or no";
  throw mistake(text, node.start, what, 'Ask about something in it: has(data.plan), data.plan == "pro".');
}

/** `.key` as a call that gives null where there is no such key. */
function memberEdit(node: ASTNode & { readonly op: "." }, text: string): Edit {
  const [, key] = node.args;
  const dot = text.lastIndexOf(".", node.range.end - key.length - 1);
  return { start: dot, end: node.range.end, text: `.${memberMethod}(${JSON.stringify(key)})` };
}

function readArgument(name: string, args: readonly ASTNode[], text: string, now: number): Edit | undefined {
  const [count, read] = (Object.hasOwn(readers, name) ? readers[name] : undefined) ?? [];
  const arg = args.at(-1);
  if (read === undefined || arg === undefined || args.length !== count) return undefined;
  if (arg.op !== "value" || typeof arg.args !== "string") {
    throw mistake(text, arg.start, `${name}() wants a text in quotes`, 'As in duration("30m").');
  }
  try {
    const replaced = read(arg.args, now);
    return replaced === undefined ? undefined : { start: arg.range.start, end: arg.range.end, text: replaced };
  } catch (error) {
    const hint = error instanceof SessctlError ? error.hint : undefined;
    const what = error instanceof Error ? error.message : `${name}() cannot be read`;
    throw mistake(text, arg.start, what, hint ?? "Correct the text in quotes.");
  }
}
