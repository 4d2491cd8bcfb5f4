import { isPlainObject, marked, type Plain, type PlainObject, setField } from "./plain.js";

/** An object as it was read: the fields of its class and those above, and what their own methods wrote after them. */
export interface ReadObject {
  readonly className: string;
  readonly fields: PlainObject;
  readonly written: readonly Plain[];
}

const boxes = new Set(["Boolean", "Byte", "Character", "Double", "Float", "Integer", "Long", "Short"].map(javaLang));
const lists = new Set(["ArrayDeque", "ArrayList", "HashSet", "LinkedHashSet", "LinkedList"].map(javaUtil));
const maps = new Set(["HashMap", "Hashtable", "LinkedHashMap", "TreeMap"].map(javaUtil));

/** `List.of()`, `Set.of()` and `Map.of()` are all written as one class, with a tag. */
const immutable = javaUtil("CollSer");
const immutableMap = 3;

/**
 * An object of the JDK's own as what it stands for: a box is its value, a list or set an array, a map a map. Any other
 * object is its fields with its class under `$class`.
 */
export function shapeOf({ className, fields, written }: ReadObject): Plain {
  if (boxes.has(className)) return fields["value"] ?? null;
  if (lists.has(className)) return [...written];
  // What it is sorted by comes first.
  if (className === javaUtil("TreeSet")) return written.slice(1);
  if (maps.has(className)) return mapOf(written);
  if (className === immutable) return fields["tag"] === immutableMap ? mapOf(written) : [...written];
  if (/^java\.util\.Collections\$(Unmodifiable|Synchronized)/.test(className))
    return fields["c"] ?? fields["m"] ?? null;
  const object = marked("$class", className);
  for (const [name, value] of Object.entries(fields)) setField(object, name, value);
  return object;
}

function mapOf(written: readonly Plain[]): PlainObject {
  const map: PlainObject = {};
  for (let at = 0; at + 1 < written.length; at += 2) setField(map, keyOf(written[at] ?? null), written[at + 1] ?? null);
  return map;
}

/** Java's maps have keys of any kind: one that is no scalar is told by its class. */
function keyOf(key: Plain): string {
  if (typeof key !== "object" || key === null) return String(key);
  const name = isPlainObject(key) ? (key["$enum"] ?? key["$class"]) : undefined;
  return typeof name === "string" ? name : "object";
}

function javaLang(name: string): string {
  return `java.lang.${name}`;
}

function javaUtil(name: string): string {
  return `java.util.${name}`;
}
