import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { safe } from "../../core/safe-text.js";
import { usageError } from "../errors.js";

/** A value in a configuration file, with its place. */
export interface Value {
  /** `file:line:column`, for the beginning of a message. */
  readonly where: string;
  /** The value itself; of an object and a list, what is in it. */
  readonly json: unknown;
  /** What is in an object, in the order of the file; empty for anything else. */
  readonly members: readonly Member[];
}

/** A key of an object and its value. */
export interface Member {
  readonly key: string;
  /** Where the key stands. */
  readonly where: string;
  readonly value: Value;
}

const emptyHint = "A file with nothing in it is {}.";

/** Reads a configuration file: JSON, with comments and a comma after the last member. A usage error with the place of what is wrong. */
export function parseDocument(text: string, file: string): Value {
  const errors: ParseError[] = [];
  // An editor may begin a file with a byte order mark.
  const root = parseTree(text.replace(/^\uFEFF/, " "), errors, { allowTrailingComma: true });
  const place = (offset: number) => placeOf(text, file, offset);
  const [first] = errors;
  if (first !== undefined || root === undefined) {
    const what = first === undefined ? "it is empty" : inWords(printParseErrorCode(first.error));
    const hint = text.trim() === "" ? emptyHint : "Mend it there. Comments and a comma after the last member are fine.";
    throw usageError(`${place(first?.offset ?? 0)}: not JSON: ${what}`, hint);
  }
  const value = valueOf(root, place);
  if (root.type === "object") return value;
  throw usageError(`${value.where}: not an object`, emptyHint);
}

/** `CommaExpected` as `comma expected`. */
function inWords(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}

function valueOf(node: Node, place: (offset: number) => string): Value {
  const members = node.type === "object" ? (node.children ?? []).map((member) => memberOf(member, place)) : [];
  const seen = new Set<string>();
  for (const { key, where } of members) {
    // Which of two counts is not to be guessed.
    if (seen.has(key)) throw usageError(`${where}: ${safe(JSON.stringify(key))} is there twice`, "Remove one of them.");
    seen.add(key);
  }
  const json =
    node.type === "object"
      ? Object.fromEntries(members.map(({ key, value }) => [key, value.json]))
      : node.type === "array"
        ? (node.children ?? []).map((child) => valueOf(child, place).json)
        : (node.value as unknown);
  return { where: place(node.offset), json, members };
}

function memberOf({ children = [] }: Node, place: (offset: number) => string): Member {
  const [key, value] = children;
  // Where nothing is wrong with the text, every member has both.
  if (key === undefined || value === undefined) throw new Error("a member of an object without key or value");
  return { key: String(key.value), where: place(key.offset), value: valueOf(value, place) };
}

function placeOf(text: string, file: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${safe(file)}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}
