import type { ASTNode } from "@marcbachmann/cel-js";
import { SessctlError } from "../../core/errors.js";
import { didYouMean } from "../nearest.js";
import { functionNames } from "./functions.js";
import { mistake } from "./mistake.js";

/** What the language says about a filter that it cannot read. */
interface Complaint {
  readonly code: string;
  readonly what: string;
  readonly at: number;
  readonly node: ASTNode | undefined;
}

/** Anything thrown while a filter was read, as a mistake with its place and what to write instead. */
export function explained(error: unknown, text: string, names: readonly string[]): unknown {
  if (error instanceof SessctlError || !(error instanceof Error)) return error;
  const { code, summary, range, node } = error as Error & {
    readonly code?: string;
    readonly summary?: string;
    readonly range?: { readonly start: number };
    readonly node?: ASTNode;
  };
  const at = Math.min(range?.start ?? 0, text.length);
  const complaint = { code: code ?? "", what: summary ?? error.message, at, node };
  return (
    ofTypes(complaint, text) ??
    ofNames(complaint, text, names) ??
    ofWriting(complaint, text) ??
    mistake(text, at, plainWords(complaint.what), "See sessctl help filters.")
  );
}

/** Something is compared with what it cannot be compared with. */
function ofTypes({ code, what, at, node }: Complaint, text: string): SessctlError | undefined {
  const types = /^no such overload: (\S+) (\S+) (\S+)$/.exec(what)?.slice(1) ?? [];
  if (code !== "no_such_overload" || types.length < 3 || !Array.isArray(node?.args)) return undefined;
  const [left = "", operator = "", right = ""] = types.map((type) => plainWords(type));
  const [a, b] = node.args as readonly ASTNode[];
  if (a === undefined || b === undefined) return undefined;
  // The side that is written out is the one to correct.
  const [wrong, wrongType, other] = a.op === "value" ? [a, left, right] : [b, right, left];
  const place = wrong.range.start ?? at;
  const said = `there is no ${left} ${operator} ${right}`;
  const value = wrong.op === "value" ? String(wrong.args) : "";
  return mistake(text, place, said, hintFor(other, wrongType, value));
}

function hintFor(wanted: string, given: string, value: string): string {
  if (given === "null") {
    if (wanted === "text") return 'An absent text is "": compare it with "".';
    return "What a session does not tell matches nothing: there is no need to ask for null.";
  }
  if (wanted === "duration") {
    const example = /^\d+[dhms]$/.test(value) ? value : /^\d+$/.test(value) ? `${value}m` : "3m";
    return `A duration is wanted: duration("${example}").`;
  }
  if (wanted === "time") {
    if (given === "duration") return 'A time is wanted: timestamp("3m ago"). Durations are idle, age and left.';
    return `A time is wanted: timestamp("${given === "text" && value !== "" ? value : "2h ago"}").`;
  }
  if (wanted === "text" && given !== "text") return 'A text is wanted: put it in quotes, as in "alice".';
  if (wanted === "number" && given === "text") return "A number is wanted: leave the quotes out.";
  if (wanted.startsWith("list")) return 'Ask a list for an element: "ua" in flags.';
  return "See sessctl help filters.";
}

/** Something is named that there is not. */
function ofNames(
  { code, what, at, node }: Complaint,
  text: string,
  names: readonly string[],
): SessctlError | undefined {
  if (code === "unknown_variable") {
    const word = /^\w*/.exec(text.slice(at))?.[0] ?? "";
    const meant = didYouMean(word, names, "Put texts in quotes.");
    return mistake(text, at, `there is no ${word}`, `${meant} Names: ${names.join(", ")}.`);
  }
  if (code !== "no_matching_overload" || (node?.op !== "call" && node?.op !== "rcall")) return undefined;
  const [name] = node.args;
  const place = node.op === "call" ? at : text.indexOf(name, node.args[1].range.end);
  if (functionNames.includes(name)) {
    const call = plainWords(what.replace(/^found no matching overload for '(.*)'$/, "$1"));
    return mistake(text, place, `${call} is not how ${name} is called`, "See sessctl help filters.");
  }
  const some = `Functions: ${functionNames.slice(0, 13).join(", ")}.`;
  return mistake(text, place, `there is no function ${name}`, didYouMean(name, functionNames, some));
}

/** The text itself cannot be read. */
function ofWriting({ what, at }: Complaint, text: string): SessctlError | undefined {
  const [before, rest] = [text.slice(0, at), text.slice(at)];
  const word = /^\w+|^[^\s\w]/u.exec(rest)?.[0] ?? "";
  const unexpected = rest.trim() === "" ? "the filter ends too early" : `unexpected ${word === "" ? "blank" : word}`;
  const wordBefore = /(\w+)\s*$/.exec(before)?.[1] ?? "";
  const wordy = [word, wordBefore].find((one) => /^(and|or|not)$/i.test(one));
  if (wordy !== undefined) {
    const place = word === wordy ? at : before.lastIndexOf(wordBefore);
    return mistake(text, place, `${wordy} is not a word of filters`, "Write && for and, || for or, ! for not.");
  }
  if (/^[“”„«»‘’‚`]/.test(rest)) {
    return mistake(text, at, `${word} is not a quote of filters`, "Write plain quotes: \"alice\" or 'alice'.");
  }
  if (what.startsWith("Unterminated")) {
    return mistake(text, at, "this text has no end", "Close it with the quote that it begins with.");
  }
  // The second `=` of `===` and the `=` of `=` alone, which the shell may have left.
  if (/^=(?!=)/.test(rest)) return mistake(text, at, unexpected, "Write == to compare.");
  if (rest.startsWith(">") && before.endsWith("<"))
    return mistake(text, at - 1, "unexpected <>", "Write != for not equal.");
  if (/^[&|](?![&|])/.test(rest)) return mistake(text, at, unexpected, `Write ${word}${word}.`);
  if (/\bin\s*\([^()]*$/.test(before)) {
    return mistake(text, at, unexpected, 'Write a list in brackets: user in ["alice", "bob"].');
  }
  if (/^(is|like|between|contains|matches)$/i.test(word)) {
    return mistake(text, at, unexpected, 'Write ==, or a method: user.contains("ali").');
  }
  if (/^Unexpected|^Expected/.test(what)) {
    return mistake(text, at, unexpected, "See sessctl help filters for how to write one.");
  }
  return undefined;
}

/** What the language calls things, in the words of `sessctl help filters`. */
function plainWords(text: string): string {
  return text
    .replaceAll("google.protobuf.Duration", "duration")
    .replaceAll("google.protobuf.Timestamp", "time")
    .replaceAll(/\bstring\b/g, "text")
    .replaceAll(/\bu?int\b|\bdouble\b/g, "number")
    .replaceAll(/\bdyn<(\w+)>/g, "$1")
    .replaceAll(/\bdyn\b/g, "anything");
}
