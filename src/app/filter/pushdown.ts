import type { ASTNode } from "@marcbachmann/cel-js";

/**
 * The users of whom one must be every match's, where the filter says so: by `user == "x"` either way round or
 * `user in ["x", "y"]`, joined by `&&` and `||`, also behind `!`. `undefined` where any session may match.
 */
export function usersOf(node: ASTNode, negated = false): ReadonlySet<string> | undefined {
  switch (node.op) {
    case "!_":
      return usersOf(node.args, !negated);
    case "&&":
    case "||": {
      const [a, b] = node.args.map((operand) => usersOf(operand, negated));
      const both = (node.op === "&&") !== negated;
      return both ? intersection(a, b) : a && b && new Set([...a, ...b]);
    }
    case negated ? "!=" : "==": {
      const [a, b] = node.args as readonly [ASTNode, ASTNode];
      return isUser(a) ? textsOf([b]) : isUser(b) ? textsOf([a]) : undefined;
    }
    case "in": {
      const [of, list] = node.args;
      return !negated && isUser(of) && list.op === "list" ? textsOf(list.args) : undefined;
    }
    default:
      return undefined;
  }
}

function isUser(node: ASTNode): boolean {
  return node.op === "id" && node.args === "user";
}

/** Texts written out; not "", which is an anonymous session's user, whom no index knows. */
function textsOf(nodes: readonly ASTNode[]): ReadonlySet<string> | undefined {
  const texts = nodes.map((node) => (node.op === "value" && typeof node.args === "string" ? node.args : ""));
  return texts.includes("") ? undefined : new Set(texts);
}

function intersection<Value>(a?: ReadonlySet<Value>, b?: ReadonlySet<Value>): ReadonlySet<Value> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return new Set([...a].filter((value) => b.has(value)));
}
