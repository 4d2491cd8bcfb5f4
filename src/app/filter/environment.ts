import { RE2JS } from "@bufbuild/re2";
import { Environment } from "@marcbachmann/cel-js";
import { parseCidr } from "../../clients/cidr.js";
import type { Field, FieldType } from "./fields.js";

const limits = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

const types: Readonly<Record<FieldType, string>> = {
  text: "string",
  number: "int",
  time: "google.protobuf.Timestamp",
  span: "google.protobuf.Duration",
  texts: "list<string>",
  any: "dyn",
};

/** The language that a filter over these fields is written in, and what `inspect` puts in the place of some of it. */
export function environmentOf<Row>(fields: readonly Field<Row>[]): Environment {
  const environment = new Environment({ limits }).registerVariable("now", types.time);
  for (const { name, type } of fields) environment.registerVariable(name, types[type]);
  const networks = new Map<string, (ip: string) => boolean>();
  const patterns = new Map<string, RE2JS>();
  environment
    .registerFunction("inCidr(string, string): bool", (ip: string, network: string) =>
      known(networks, network, parseCidr)(ip),
    )
    .registerFunction("re(string, string): bool", (value: string, pattern: string) =>
      known(patterns, pattern, (source) => RE2JS.compile(source)).test(value),
    )
    .registerFunction(`dyn.${memberMethod}(dyn): dyn`, memberOf)
    .registerFunction(`${presence}(dyn): bool`, (value: unknown) => value !== null);
  registerNull(environment);
  return environment;
}

/** Method that gives a key's or an index's value, null where there is none. */
export const memberMethod = "member_";
/** Function that tells whether there is a value. */
export const presence = "present_";

function memberOf(of: unknown, key: unknown): unknown {
  if (typeof of !== "object" || of === null) return null;
  if (Array.isArray(of)) return (typeof key === "bigint" || typeof key === "number" ? of[Number(key)] : null) ?? null;
  return typeof key === "string" && Object.hasOwn(of, key) ? ((of as Record<string, unknown>)[key] ?? null) : null;
}

/** null is no more, no less than anything, and has no beginning, part or element: a filter that asks goes on with no. */
function registerNull(environment: Environment): void {
  for (const operator of ["<", "<=", ">", ">="]) {
    for (const type of ["int", "double", "string"]) {
      environment.registerOperator(`null ${operator} ${type}`, () => false);
      environment.registerOperator(`${type} ${operator} null`, () => false);
    }
  }
  for (const method of ["startsWith", "endsWith", "contains"]) {
    environment.registerFunction(`null.${method}(string): bool`, () => false);
  }
  for (const name of ["inCidr", "re"]) environment.registerFunction(`${name}(null, string): bool`, () => false);
}

function known<Value>(cache: Map<string, Value>, key: string, make: (key: string) => Value): Value {
  const value = cache.get(key) ?? make(key);
  cache.set(key, value);
  return value;
}
