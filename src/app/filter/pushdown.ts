import type { ASTNode } from "@marcbachmann/cel-js";

/** The user that every match must have, where the filter says so by `user == "x"` alone or joined by `&&`. */
export function userOf(node: ASTNode): string | undefined {
  if (node.op === "&&") return userOf(node.args[0]) ?? userOf(node.args[1]);
  if (node.op !== "==") return undefined;
  const [a, b] = node.args;
  const value = isUser(a) ? b : isUser(b) ? a : undefined;
  // "" is an anonymous session's, which no index knows.
  return value?.op === "value" && typeof value.args === "string" && value.args !== "" ? value.args : undefined;
}

function isUser(node: ASTNode): boolean {
  return node.op === "id" && node.args === "user";
}
