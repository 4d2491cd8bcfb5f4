import { readJava } from "../formats/java-serialize.js";
import { readJson } from "../formats/json.js";
import { isPlainObject, marked, type Plain, type PlainObject, setField } from "../formats/plain.js";

const javaMagic = 0xaced;

/** A value as Spring's serialisers write it: the JDK's, or JSON. */
export function springValue(bytes: Buffer): Plain {
  if (bytes.length >= 2 && bytes.readUInt16BE() === javaMagic) return readJava(bytes);
  return untyped(readJson(bytes) as Plain);
}

/** JSON with the names of types that Jackson put in: `["java.util.ArrayList", […]]` is the list, `@class` becomes `$class`. */
function untyped(value: Plain): Plain {
  if (Array.isArray(value)) {
    const [type, inner, ...more] = value;
    const typed = more.length === 0 && inner !== undefined && typeof type === "string" && /^java\.[\w.$]+$/.test(type);
    return typed ? untyped(inner) : value.map(untyped);
  }
  if (!isPlainObject(value)) return value;
  const object: PlainObject = {};
  for (const [name, member] of Object.entries(value)) {
    if (name !== "@class") setField(object, name, untyped(member));
    else if (typeof member === "string" && !member.startsWith("java.util.")) setField(object, "$class", member);
  }
  return object;
}

/** A value without what is in objects of classes: a saved request has the request's cookies, a security context a session id. */
export function shallow(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(shallow);
  if (!isPlainObject(value)) return value;
  const { $class: name } = value;
  if (typeof name === "string") return marked("$class", name);
  const object: PlainObject = {};
  for (const [key, member] of Object.entries(value)) setField(object, key, shallow(member));
  return object;
}
