import type { Environment } from "@marcbachmann/cel-js";
import { nodesOf } from "./ast.js";
import { costOf, isAffordable } from "./budget.js";
import { ContextMaker } from "./context.js";
import { environmentOf } from "./environment.js";
import type { Field } from "./fields.js";
import { explained } from "./hints.js";
import { type Edit, inspect } from "./inspect.js";
import { mistake } from "./mistake.js";
import { usersOf } from "./pushdown.js";

/** A filter that was checked. */
export interface Filter<Row> {
  /**
   * Whether a row matches at `now` (ms). A comparison with what the row does not tell does not match, negated or not.
   * Never throws, and never takes long: a row so large that it might does not match, and is counted.
   */
  readonly matches: (row: Row, now: number) => boolean;
  /** The users of whom one is every match's, where the filter says so. */
  readonly users: readonly string[] | undefined;
  /** How many rows were too large for `matches`. */
  readonly tooLarge: () => number;
}

/** Longest filter, in characters. */
const maxLength = 4000;

/** Checks a filter in CEL against the fields there are; every mistake is an `invalid-argument` that shows its place. */
export function compileFilter<Row>(text: string, fields: readonly Field<Row>[], now: number): Filter<Row> {
  if (text.length > maxLength) {
    throw mistake(text, maxLength, "the filter is too long", `At most ${maxLength} characters.`);
  }
  if (text.trim() === "") throw mistake(text, 0, "the filter is empty", 'Write one, such as user == "alice".');
  const names = ["now", ...fields.map(({ name }) => name)];
  const environment = environmentOf(fields);
  const written = parsed(environment, text, text, names);
  const edits = inspect(written.ast, text, now);
  const checked = written.check();
  if (checked.error !== undefined) throw explained(checked.error, text, names);
  if (checked.type !== "bool" && checked.type !== "dyn") {
    throw mistake(text, 0, "the filter is not yes or no", "Compare it with something.");
  }
  const program = parsed(environment, edited(text, edits), text, names);
  const nodes = nodesOf(program.ast);
  const used = new Set(nodes.map((node) => (node.op === "id" ? node.args : undefined)));
  const asked = fields.filter(({ name }) => used.has(name));
  const cost = costOf(program.ast, names);
  const contexts = new ContextMaker(asked, environment);
  const users = usersOf(written.ast);
  let tooLarge = 0;
  return {
    users: users && [...users],
    tooLarge: () => tooLarge,
    matches(row, at) {
      const { context, size } = contexts.make(row, at);
      if (!isAffordable(cost, size)) {
        tooLarge += 1;
        return false;
      }
      try {
        return program(context) === true;
      } catch {
        // It asks about something that this row has not, or has of another type.
        return false;
      }
    },
  };
}

/** Parses `source`, which was made from `text`: that is what mistakes are shown in. */
function parsed(environment: Environment, source: string, text: string, names: readonly string[]) {
  try {
    return environment.parse(source);
  } catch (error) {
    throw explained(error, text, names);
  }
}

function edited(text: string, edits: readonly Edit[]): string {
  let source = text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    source = source.slice(0, edit.start) + edit.text + source.slice(edit.end);
  }
  return source;
}
