import { createScanner, findNodeAtLocation, parseTree } from "jsonc-parser";

/**
 * A configuration file without one member of an object, and otherwise as it was: comments stay, also those beside it, which
 * `modify` of jsonc-parser takes along. The text must be free of mistakes.
 */
export function withoutMember(text: string, at: readonly string[]): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const member = root && findNodeAtLocation(root, [...at])?.parent;
  const siblings = member?.parent?.children ?? [];
  if (member === undefined) return text;
  const end = member.offset + member.length;
  const previous = siblings[siblings.indexOf(member) - 1];
  const isLast = siblings.at(-1) === member;
  const commas = [
    commaAfter(text, end),
    // What was the last but one is the last now.
    ...(isLast && previous !== undefined ? [commaAfter(text, previous.offset + previous.length)] : []),
  ].filter((offset) => offset !== undefined);
  const cuts = [{ from: member.offset, to: end }, ...commas.map((offset) => ({ from: offset, to: offset + 1 }))];
  let rest = text;
  for (const { from, to } of cuts.toSorted((a, b) => b.from - a.from)) rest = rest.slice(0, from) + rest.slice(to);
  return withoutEmptyLine(rest, member.offset - (cuts.some(({ from }) => from < member.offset) ? 1 : 0));
}

function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const found = scanner.getTokenOffset();
  return text[found] === "," ? found : undefined;
}

/** The text without the line at an offset, if nothing but blanks is left on it. */
function withoutEmptyLine(text: string, offset: number): string {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const to = end === -1 ? text.length : end + 1;
  return from > 0 && text.slice(from, to).trim() === "" ? text.slice(0, from) + text.slice(to) : text;
}
