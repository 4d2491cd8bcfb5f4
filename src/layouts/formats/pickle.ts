import { ByteReader, type Limits } from "./byte-reader.js";
import { type Plain, UndecodableError } from "./plain.js";
import { type Item, Mark, PickleStack, plainOf } from "./pickle-stack.js";
import { scalarOf } from "./pickle-scalar.js";

/** Opcodes that look up, call, build or load something: a pickle that has one is a program, and no program is run. */
const executable: ReadonlyMap<number, string> = new Map([
  [0x63, "GLOBAL"],
  [0x93, "STACK_GLOBAL"],
  [0x52, "REDUCE"],
  [0x62, "BUILD"],
  [0x69, "INST"],
  [0x6f, "OBJ"],
  [0x81, "NEWOBJ"],
  [0x92, "NEWOBJ_EX"],
  [0x50, "PERSID"],
  [0x51, "BINPERSID"],
  [0x82, "EXT1"],
  [0x83, "EXT2"],
  [0x84, "EXT4"],
  [0x97, "NEXT_BUFFER"],
]);

/** Types of Python's own that sessions hold as values: told by name; what they were made from is left out. `_codecs.encode` is how protocol 2 writes bytes, and `set` is called before protocol 4. */
const knownTypes: ReadonlySet<string> = new Set([
  "datetime.date",
  "datetime.datetime",
  "datetime.time",
  "datetime.timedelta",
  "datetime.timezone",
  "_codecs.encode",
  "__builtin__.set",
  "builtins.set",
]);

/**
 * Decodes a Python pickle of protocol 2 to 5 that holds plain values: dictionaries, lists, tuples, sets, text, bytes,
 * numbers, booleans, None. Nothing is ever looked up, called or built: a pickle with an opcode for that is an
 * `UndecodableError` that names it. The one exception is told, not run: a date or time of the
 * `datetime` module becomes `$opaque`.
 */
export function readPickle(bytes: Buffer, limits?: Limits): Plain {
  const input = new ByteReader(bytes, limits);
  if (input.u8() !== 0x80) throw new UndecodableError("not a pickle of protocol 2 to 5");
  const protocol = input.u8();
  if (protocol < 2 || protocol > 5) throw new UndecodableError(`a pickle of protocol ${protocol}`);
  const stack = new PickleStack(input);
  for (;;) {
    const op = input.u8();
    if (op === 0x2e) break; // STOP
    step(op, input, stack);
  }
  input.end();
  return plainOf(stack.result(), input);
}

function step(op: number, input: ByteReader, stack: PickleStack): void {
  const scalar = scalarOf(op, input);
  if (scalar !== undefined) return stack.push(scalar);
  switch (op) {
    case 0x95: // FRAME: a hint for buffering
      input.take(8);
      return;
    case 0x28: // MARK
      return stack.push(new Mark());
    case 0x7d: // EMPTY_DICT
      return stack.push({ dict: [] });
    case 0x5d: // EMPTY_LIST
    case 0x29: // EMPTY_TUPLE
    case 0x8f: // EMPTY_SET
      return stack.push({ list: [] });
    case 0x85: // TUPLE1, 2, 3
    case 0x86:
    case 0x87:
      return stack.push({ list: stack.popMany(op - 0x84) });
    case 0x74: // TUPLE
    case 0x6c: // LIST
    case 0x91: // FROZENSET
      return stack.push({ list: stack.popToMark() });
    case 0x64: // DICT
      return stack.push({ dict: pairs(stack.popToMark()) });
    case 0x61: // APPEND
      return addTo(stack, stack.popMany(1));
    case 0x65: // APPENDS
    case 0x90: // ADDITEMS
      return addTo(stack, stack.popToMark());
    case 0x73: // SETITEM
      return setIn(stack, stack.popMany(2));
    case 0x75: // SETITEMS
      return setIn(stack, stack.popToMark());
    case 0x94: // MEMOIZE
      return stack.memoize(stack.memoSize);
    case 0x71: // BINPUT
      return stack.memoize(input.u8());
    case 0x72: // LONG_BINPUT
      return stack.memoize(input.take(4).readUInt32LE());
    case 0x68: // BINGET
      return stack.recall(input.u8());
    case 0x6a: // LONG_BINGET
      return stack.recall(input.take(4).readUInt32LE());
    case 0x30: // POP
      stack.popMany(1);
      return;
    case 0x31: // POP_MARK
      stack.popToMark();
      return;
    default:
      return refuse(op, input, stack);
  }
}

function refuse(op: number, input: ByteReader, stack: PickleStack): void {
  if (op === 0x93 && knownTypes.has(stack.topName())) {
    const name = stack.topName();
    stack.popMany(2);
    return stack.push({ type: name });
  }
  if (op === 0x63) {
    const name = `${input.until("\n", 256)}.${input.until("\n", 256)}`;
    if (knownTypes.has(name)) return stack.push({ type: name });
  }
  if (op === 0x52 && stack.tellCall()) return;
  const name = executable.get(op);
  if (name !== undefined) throw new UndecodableError(`executable pickle (${name}): never run`);
  throw new UndecodableError(`a pickle with an opcode that plain values don't need (0x${op.toString(16)})`);
}

function pairs(items: readonly Item[]): (readonly [Item, Item])[] {
  if (items.length % 2 !== 0) throw new UndecodableError("a dictionary with a key without a value");
  return Array.from({ length: items.length / 2 }, (_, index) => [
    items[2 * index] ?? null,
    items[2 * index + 1] ?? null,
  ]);
}

function addTo(stack: PickleStack, items: readonly Item[]): void {
  const target = stack.top();
  if (typeof target !== "object" || target === null || !("list" in target)) {
    throw new UndecodableError("something added to what is no list");
  }
  for (const item of items) target.list.push(item);
}

function setIn(stack: PickleStack, items: readonly Item[]): void {
  const target = stack.top();
  if (typeof target !== "object" || target === null || !("dict" in target)) {
    throw new UndecodableError("a key set in what is no dictionary");
  }
  for (const pair of pairs(items)) target.dict.push(pair);
}
