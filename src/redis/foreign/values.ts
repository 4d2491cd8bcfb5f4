import type { Fields, Stored } from "../../layouts/layout.js";
import { chunks } from "../batches.js";
import type { BytesReply, Commands } from "../commands.js";
import { lua, runLua } from "./run-lua.js";
import source from "./read_values.lua";

/** What a key holds; `problem` says why it could not be read, and then it is empty. */
export interface Value extends Pick<Stored, "key" | "bytes" | "fields" | "keyEndsAt"> {
  readonly problem: string | undefined;
  readonly size: number;
}

/** Keys read by one call: a millisecond or two of Redis's time. */
const callLength = 200;
/** Larger values than this are told as too large to decode. */
const mostBytes = 4 * 1024 * 1024;
/** Bytes of one reply, so that memory stays small whatever is stored. */
const replyBytes = 8 * 1024 * 1024;

const script = lua(source, { readOnly: true });
const empty = Buffer.alloc(0);
const noFields: Fields = new Map();

/** Reads keys; those that are gone or of another type are left out. In a cluster each goes alone, since they share no slot. */
export async function readValues(
  commands: Commands,
  type: "string" | "hash",
  keys: readonly string[],
): Promise<readonly Value[]> {
  const values: Value[] = [];
  let pending = chunks(keys, commands.acrossShards ? callLength : 1);
  while (pending.length > 0) {
    // Each call may bring a full reply: one at a time, unless they are of single keys.
    const [now, later] = commands.acrossShards
      ? [pending.slice(0, 1), pending.slice(1)]
      : [pending.slice(0, 100), pending.slice(100)];
    const calls = now.map((chunk) => ({ keys: chunk, args: [type, mostBytes, replyBytes] }));
    const replies = await runLua(commands, script, calls);
    pending = [];
    for (const [n, chunk] of now.entries()) {
      const reply = replies[n];
      if (reply instanceof Error) throw reply;
      const left = take(chunk, Array.isArray(reply) ? reply : [], values);
      if (left.length > 0) pending.push(left);
    }
    pending.push(...later);
  }
  return values;
}

/** Adds what was read to `values`, and gives the keys to ask for again. */
function take(keys: readonly string[], reply: readonly BytesReply[], values: Value[]): string[] {
  const again: string[] = [];
  for (const [n, key] of keys.entries()) {
    const held = reply[3 * n] ?? null;
    if (held === null || held === 1) continue;
    if (held === 3) {
      again.push(key);
      continue;
    }
    const ends = Number(reply[3 * n + 1]);
    const size = Number(reply[3 * n + 2]);
    values.push({
      key,
      bytes: Buffer.isBuffer(held) ? held : empty,
      fields: Array.isArray(held) ? fieldsOf(held) : noFields,
      keyEndsAt: ends < 0 ? Infinity : ends,
      problem:
        held === 2 ? `too large to decode: ${size === 0 ? "too many fields" : `${size} bytes or more`}` : undefined,
      size,
    });
  }
  return again;
}

function fieldsOf(flat: readonly BytesReply[]): Fields {
  const fields = new Map<string, Buffer>();
  for (let n = 0; n + 1 < flat.length; n += 2) {
    const [name, value] = [flat[n], flat[n + 1]];
    if (Buffer.isBuffer(name) && Buffer.isBuffer(value)) fields.set(name.toString("utf8"), value);
  }
  return fields;
}
