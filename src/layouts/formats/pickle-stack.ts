import type { ByteReader } from "./byte-reader.js";
import { marked, type Plain, type PlainObject, setField, UndecodableError } from "./plain.js";

/** Where a run of items on the stack begins. */
export class Mark {
  readonly mark = true;
}

/** What a pickle's stack holds: scalars, containers under construction, names of known types, and things not built. */
export type Item =
  | null
  | boolean
  | number
  | string
  | Mark
  | { readonly list: Item[] }
  | { readonly dict: (readonly [Item, Item])[] }
  | { readonly marked: Plain }
  | { readonly type: string }
  | { readonly opaque: string };

/** The stack and the memo of one pickle. A container recalled from the memo is a `$reference`: nothing is shared or circular. */
export class PickleStack {
  private readonly items: Item[] = [];
  private readonly memo = new Map<number, Item>();

  private readonly input: ByteReader;

  constructor(input: ByteReader) {
    this.input = input;
  }

  get memoSize(): number {
    return this.memo.size;
  }

  push(item: Item): void {
    this.input.countValue();
    if (typeof item === "string") this.input.countText(item.length);
    this.items.push(item);
  }

  top(): Item {
    const item = this.items.at(-1);
    if (item === undefined) throw new UndecodableError("a pickle that takes from an empty stack");
    return item;
  }

  popMany(count: number): Item[] {
    if (this.items.length < count) throw new UndecodableError("a pickle that takes from an empty stack");
    const taken = this.items.splice(this.items.length - count, count);
    if (taken.some((item) => item instanceof Mark))
      throw new UndecodableError("a pickle that takes its own mark for a value");
    return taken;
  }

  popToMark(): Item[] {
    const at = this.items.findLastIndex((item) => item instanceof Mark);
    if (at === -1) throw new UndecodableError("a pickle without the mark it refers to");
    return this.items.splice(at).slice(1);
  }

  memoize(number: number): void {
    const item = this.top();
    if (item instanceof Mark) throw new UndecodableError("a pickle that takes its own mark for a value");
    this.memo.set(number, item);
  }

  recall(number: number): void {
    const item = this.memo.get(number);
    if (item === undefined) throw new UndecodableError("a pickle that recalls what it never kept");
    const whole = typeof item === "object" && item !== null && ("list" in item || "dict" in item || "marked" in item);
    this.push(whole ? { marked: marked("$reference", String(number)) } : item);
  }

  /** The two topmost items as a module and a name in it; empty when they are anything else. */
  topName(): string {
    const [module, name] = this.items.slice(-2);
    return typeof module === "string" && typeof name === "string" ? `${module}.${name}` : "";
  }

  /** Replaces a known type and the arguments it would be called with by the type's name; `false` when the top is anything else. */
  tellCall(): boolean {
    const [type, args] = this.items.slice(-2);
    if (!isKind(args, "list") || typeof type !== "object" || type === null || !("type" in type)) return false;
    this.popMany(2);
    this.push({ opaque: type.type });
    return true;
  }

  /** The one value left at the end. */
  result(): Item {
    const [item, ...more] = this.items;
    if (item === undefined || more.length > 0)
      throw new UndecodableError("a pickle that ends with other than one value");
    return item;
  }
}

function isKind(item: Item | undefined, kind: "list"): boolean {
  return typeof item === "object" && item !== null && kind in item;
}

/** The finished value, as plain as JSON. */
export function plainOf(item: Item, input: ByteReader, depth = 0): Plain {
  if (typeof item !== "object" || item === null) return item;
  if ("marked" in item) return item.marked;
  if ("opaque" in item) return marked("$opaque", item.opaque);
  if ("list" in item) {
    input.checkDepth(depth + 1);
    return item.list.map((member) => plainOf(member, input, depth + 1));
  }
  if ("dict" in item) {
    input.checkDepth(depth + 1);
    const object: PlainObject = {};
    for (const [key, value] of item.dict) setField(object, keyOf(key), plainOf(value, input, depth + 1));
    return object;
  }
  throw new UndecodableError("executable pickle (a type where a value belongs): never run");
}

function keyOf(key: Item): string {
  if (typeof key === "object" && key !== null) throw new UndecodableError("a dictionary with a key that is no text");
  return String(key);
}
