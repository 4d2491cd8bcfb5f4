import type { ASTNode } from "@marcbachmann/cel-js";

/** The nodes directly below one, from its arguments. */
export function childrenOf(args: unknown): readonly ASTNode[] {
  if (!Array.isArray(args)) return isNode(args) ? [args] : [];
  return args.flatMap((arg: unknown) => childrenOf(arg));
}

/** Every node of an expression, those above first. */
export function nodesOf(node: ASTNode): readonly ASTNode[] {
  return [node, ...childrenOf(node.args).flatMap((child) => nodesOf(child))];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value;
}
