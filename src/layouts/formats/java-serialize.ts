import { ByteReader, type Limits } from "./byte-reader.js";
import { type JavaClass, type JavaField, javaFlags, javaText, shortJavaText } from "./java-class.js";
import { shapeOf } from "./java-shapes.js";
import { float, integer, marked, type Plain, type PlainObject, setField, UndecodableError } from "./plain.js";

/** What a later part of the stream may refer to. */
type Handle = { readonly class: JavaClass } | { value: Plain };

const endOfBlock = 0x78;

/**
 * Decodes one object written by the JDK's `ObjectOutputStream`, whole, by the grammar of the stream alone: no class is
 * looked up and nothing is built. Boxes, texts, lists and maps of the JDK are the values they stand for, an enum constant
 * is `$enum`, any other object its fields with its class under `$class`; an object met again is `$reference`.
 */
export function readJava(bytes: Buffer, limits?: Limits): Plain {
  const input = new ByteReader(bytes, limits);
  if (input.take(4).readUInt32BE() !== 0xaced0005) throw new UndecodableError("not a Java serialised object");
  const value = new JavaReader(input).object(input.u8(), 0);
  input.end();
  return value;
}

class JavaReader {
  private readonly handles: Handle[] = [];
  private readonly input: ByteReader;

  constructor(input: ByteReader) {
    this.input = input;
  }

  /** What follows a type code. */
  object(code: number, depth: number): Plain {
    this.input.countValue();
    this.input.checkDepth(depth);
    switch (code) {
      case 0x70:
        return null;
      case 0x71:
        return this.reference();
      case 0x73:
        return this.instance(depth);
      case 0x74:
        return this.keep(shortJavaText(this.input));
      case 0x75:
        return this.array(depth);
      case 0x76:
        return this.keep(marked("$opaque", `class ${this.describedClass(this.input.u8(), depth)?.name ?? "null"}`));
      case 0x7c:
        return this.keep(this.longText());
      case 0x7e:
        return this.constant(depth);
      default:
        throw new UndecodableError(`a Java stream with what plain values don't need (0x${code.toString(16)})`);
    }
  }

  private keep(value: Plain): Plain {
    this.handles.push({ value });
    return value;
  }

  /** What a reference refers to, and its number. */
  private handle(): [Handle, number] {
    const number = this.input.take(4).readUInt32BE() - 0x7e0000;
    const handle = this.handles[number];
    if (handle === undefined) throw new UndecodableError("a reference to nothing");
    return [handle, number];
  }

  private reference(): Plain {
    const [handle, number] = this.handle();
    if ("class" in handle) return marked("$opaque", "class description");
    const { value } = handle;
    if (typeof value === "string") this.input.countText(value.length);
    return typeof value === "object" && value !== null ? marked("$reference", String(number)) : value;
  }

  private longText(): string {
    const length = Number(this.input.take(8).readBigUInt64BE());
    const bytes = this.input.take(length);
    this.input.countText(length);
    return javaText(bytes);
  }

  /** A class as the stream describes it, or refers to it; `undefined` for none. */
  private describedClass(code: number, depth: number): JavaClass | undefined {
    this.input.countValue();
    this.input.checkDepth(depth);
    if (code === 0x70) return undefined;
    if (code === 0x71) {
      const [handle] = this.handle();
      if (!("class" in handle)) throw new UndecodableError("an object in place of a class");
      return handle.class;
    }
    if (code !== 0x72) throw new UndecodableError("no class where one belongs");
    const name = shortJavaText(this.input);
    this.input.take(8); // its version
    // It can be referred to from here on, but by nothing that is read before it is complete.
    const place = this.handles.push({ value: marked("$opaque", "class description") }) - 1;
    const flags = this.input.u8();
    const fields = this.fieldsOf(depth);
    this.annotation(depth);
    const described = { name, flags, fields, parent: this.describedClass(this.input.u8(), depth + 1) };
    this.handles[place] = { class: described };
    return described;
  }

  private fieldsOf(depth: number): JavaField[] {
    const fields: JavaField[] = [];
    for (let left = this.input.take(2).readUInt16BE(); left > 0; left--) {
      this.input.countValue();
      const type = String.fromCharCode(this.input.u8());
      fields.push({ type, name: shortJavaText(this.input) });
      if (type === "L" || type === "[") this.object(this.input.u8(), depth + 1);
    }
    return fields;
  }

  private instance(depth: number): Plain {
    const described = this.describedClass(this.input.u8(), depth);
    if (described === undefined) throw new UndecodableError("an object without a class");
    const handle: Handle = { value: {} };
    this.handles.push(handle);
    const fields: PlainObject = {};
    const written: Plain[] = [];
    for (const one of lineage(described)) {
      if ((one.flags & javaFlags.serializable) !== 0) this.readFields(one, fields, depth);
      else if ((one.flags & javaFlags.externalizable) === 0)
        throw new UndecodableError("a class that is not serialised");
      if ((one.flags & (javaFlags.writeMethod | javaFlags.externalizable)) === 0) continue;
      if ((one.flags & javaFlags.externalizable) !== 0 && (one.flags & javaFlags.blockData) === 0) {
        throw new UndecodableError("an object in its class's own format");
      }
      written.push(...this.annotation(depth));
    }
    handle.value = shapeOf({ className: described.name, fields, written });
    return handle.value;
  }

  private readFields(described: JavaClass, into: PlainObject, depth: number): void {
    for (const { name, type } of described.fields) setField(into, name, this.ofType(type, depth));
  }

  /** The objects that a class's own method wrote; its bytes are read and dropped. */
  private annotation(depth: number): Plain[] {
    const objects: Plain[] = [];
    for (;;) {
      const code = this.input.u8();
      if (code === endOfBlock) return objects;
      if (code === 0x77) this.input.take(this.input.u8());
      else if (code === 0x7a) this.input.take(this.input.take(4).readInt32BE());
      else objects.push(this.object(code, depth + 1));
    }
  }

  private array(depth: number): Plain {
    const type = this.describedClass(this.input.u8(), depth)?.name.charAt(1) ?? "";
    const handle: Handle = { value: [] };
    this.handles.push(handle);
    const count = this.input.take(4).readInt32BE();
    if (type === "B") handle.value = marked("$bytes", this.input.take(count).toString("base64"));
    else handle.value = this.members(type, count, depth);
    return handle.value;
  }

  private members(type: string, count: number, depth: number): Plain[] {
    const members: Plain[] = [];
    for (let index = 0; index < count; index++) {
      this.input.countValue();
      members.push(this.ofType(type, depth));
    }
    return members;
  }

  private constant(depth: number): Plain {
    const name = this.describedClass(this.input.u8(), depth)?.name ?? "";
    const handle: Handle = { value: null };
    this.handles.push(handle);
    const constant = this.object(this.input.u8(), depth + 1);
    if (typeof constant !== "string") throw new UndecodableError("an enum constant without a name");
    handle.value = marked("$enum", `${name}:${constant}`);
    return handle.value;
  }

  private ofType(type: string, depth: number): Plain {
    switch (type) {
      case "B":
        return this.input.take(1).readInt8();
      case "C":
        return String.fromCharCode(this.input.take(2).readUInt16BE());
      case "D":
        return float(this.input.take(8).readDoubleBE());
      case "F":
        return float(this.input.take(4).readFloatBE());
      case "I":
        return this.input.take(4).readInt32BE();
      case "J":
        return integer(this.input.take(8).readBigInt64BE());
      case "S":
        return this.input.take(2).readInt16BE();
      case "Z":
        return this.input.u8() !== 0;
      case "L":
      case "[":
        return this.object(this.input.u8(), depth + 1);
      default:
        throw new UndecodableError("a field of no type");
    }
  }
}

/** A class and those above it, topmost first, which is the order their fields are written in. */
function lineage(described: JavaClass): JavaClass[] {
  const classes: JavaClass[] = [];
  for (let one: JavaClass | undefined = described; one !== undefined; one = one.parent) classes.unshift(one);
  return classes;
}
