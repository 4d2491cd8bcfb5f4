import { ByteReader, type Limits, textOrBytes } from "./byte-reader.js";
import { float, integer, marked, type Plain, type PlainObject, setField, UndecodableError } from "./plain.js";

/**
 * Reads values written by PHP's `serialize()` without building anything of PHP's: an object is a map of its properties with
 * its class under `$class`, an enum case and a class's own format are marked. A list (keys 0, 1, 2, …) is an array.
 * A reference to a plain value is that value; one to an array or object is `$reference`, so that nothing is circular.
 * Values read by one reader share their numbering of references, as the variables of one session do.
 */
export class PhpReader {
  private readonly slots: Plain[] = [];
  private readonly input: ByteReader;

  constructor(input: ByteReader) {
    this.input = input;
  }

  value(depth = 0): Plain {
    this.input.countValue();
    const type = String.fromCharCode(this.input.u8());
    if (type === "N") {
      this.input.expect(";");
      return this.keep(null);
    }
    this.input.expect(":");
    switch (type) {
      case "b":
        return this.keep(this.boolean());
      case "i":
        return this.keep(this.int());
      case "d":
        return this.keep(this.double());
      case "s":
        return this.keep(this.string());
      case "a":
        return this.array(depth);
      case "O":
        return this.object(depth);
      case "C":
        return this.custom();
      case "E":
        return this.keep(marked("$enum", this.name(";")));
      case "r":
        return this.keep(this.reference());
      case "R":
        return this.reference();
      default:
        throw new UndecodableError("not a PHP serialised value");
    }
  }

  private keep<Value extends Plain>(value: Value): Value {
    this.slots.push(value);
    return value;
  }

  private boolean(): boolean {
    const text = this.input.until(";", 1);
    if (text !== "0" && text !== "1") throw new UndecodableError("a boolean that is neither 0 nor 1");
    return text === "1";
  }

  private int(): number | string {
    const text = this.input.until(";", 20);
    if (!/^[+-]?\d+$/.test(text)) throw new UndecodableError("an integer without digits");
    return integer(BigInt(text.replace("+", "")));
  }

  private double(): Plain {
    const text = this.input.until(";", 400);
    if (text === "INF" || text === "-INF" || text === "NAN") return float(Number(text.replace("INF", "Infinity")));
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?$/i.test(text)) throw new UndecodableError("a number without digits");
    return float(Number(text));
  }

  /** A number of bytes or of members, which is believed only as the bytes come. */
  private length(): number {
    const text = this.input.until(":", 10);
    if (!/^\d+$/.test(text)) throw new UndecodableError("a length without digits");
    return Number(text);
  }

  private quoted(after: string): Buffer {
    const length = this.length();
    this.input.expect('"');
    const bytes = this.input.take(length);
    this.input.expect(`"${after}`);
    return bytes;
  }

  private string(): Plain {
    const bytes = this.quoted(";");
    this.input.countText(bytes.length);
    return textOrBytes(bytes);
  }

  private name(after: string): string {
    return this.quoted(after).toString("utf8");
  }

  private array(depth: number): Plain {
    const slot = this.slots.push([]) - 1;
    const [keys, values] = this.members(depth);
    const list = keys.every((key, index) => key === index);
    const array = list ? values : toObject(keys.map(String), values);
    this.slots[slot] = array;
    return array;
  }

  private object(depth: number): Plain {
    const slot = this.slots.push({}) - 1;
    const object = marked("$class", this.name(":"));
    this.slots[slot] = object;
    const [keys, values] = this.members(depth);
    // "\0Class\0name" and "\0*\0name" are private and protected properties.
    toObject(
      keys.map((key) => String(key).replace(/^\0[^\0]*\0/, "")),
      values,
      object,
    );
    return object;
  }

  private members(depth: number): readonly [readonly (string | number)[], Plain[]] {
    this.input.checkDepth(depth + 1);
    const count = this.length();
    this.input.expect("{");
    const keys: (string | number)[] = [];
    const values: Plain[] = [];
    for (let index = 0; index < count; index++) {
      keys.push(this.key());
      values.push(this.value(depth + 1));
    }
    this.input.expect("}");
    return [keys, values];
  }

  private key(): string | number {
    const type = String.fromCharCode(this.input.u8());
    this.input.expect(":");
    if (type === "i") return this.int();
    if (type !== "s") throw new UndecodableError("a key that is neither text nor integer");
    const bytes = this.quoted(";");
    this.input.countText(bytes.length);
    return bytes.toString("utf8");
  }

  private custom(): Plain {
    const value = this.keep(marked("$custom", this.name(":")));
    const length = this.length();
    this.input.expect("{");
    this.input.take(length);
    this.input.expect("}");
    return value;
  }

  private reference(): Plain {
    const number = Number(this.input.until(";", 10));
    const target = Number.isInteger(number) ? this.slots[number - 1] : undefined;
    if (target === undefined) throw new UndecodableError("a reference to nothing");
    if (typeof target === "object" && target !== null) return marked("$reference", String(number));
    if (typeof target === "string") this.input.countText(target.length);
    return target;
  }
}

function toObject(keys: readonly string[], values: readonly Plain[], object: PlainObject = {}): PlainObject {
  for (const [index, key] of keys.entries()) setField(object, key, values[index] ?? null);
  return object;
}

/** Decodes one value of PHP's `serialize()`, whole: anything before, after or missing is an `UndecodableError`. */
export function unserializePhp(bytes: Buffer, limits?: Limits): Plain {
  const input = new ByteReader(bytes, limits);
  const value = new PhpReader(input).value();
  input.end();
  return value;
}
