import { isIP } from "node:net";

type Value = string | number | { readonly [name: string]: Value };

/** An MMDB (version 2, IPv6 tree, 24-bit records) with a record for each network: `{ "81.2.69.0/24": { country: … } }`. */
export function mmdbOf(
  networks: Readonly<Record<string, Value>>,
  databaseType = "test",
  buildEpoch = 1_780_000_000,
): Buffer {
  const data: Buffer[] = [];
  let dataLength = 0;
  /** Left and right of each node: a node's number, or the place of a record, negative and from 1 on. */
  const nodes: [number | undefined, number | undefined][] = [[undefined, undefined]];
  for (const [network, value] of Object.entries(networks)) {
    const encoded = encode(value);
    const record = -1 - dataLength;
    data.push(encoded);
    dataLength += encoded.length;
    insert(nodes, bitsOf(network), record);
  }
  const count = nodes.length;
  const tree = Buffer.alloc(count * 6);
  for (const [n, sides] of nodes.entries()) {
    for (const [side, to] of sides.entries()) {
      const pointer = to === undefined ? count : to < 0 ? count + 16 + (-1 - to) : to;
      tree.writeUIntBE(pointer, n * 6 + side * 3, 3);
    }
  }
  const metadata = encode({
    node_count: count,
    record_size: 24,
    ip_version: 6,
    database_type: databaseType,
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: buildEpoch,
  });
  const marker = Buffer.from("abcdef4d61784d696e642e636f6d", "hex");
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata]);
}

function insert(nodes: [number | undefined, number | undefined][], bits: readonly (0 | 1)[], record: number): void {
  let node = 0;
  for (const bit of bits.slice(0, -1)) {
    const sides = nodes[node] ?? [undefined, undefined];
    if (sides[bit] === undefined) sides[bit] = nodes.push([undefined, undefined]) - 1;
    node = sides[bit] ?? 0;
  }
  const last = nodes[node];
  const bit = bits.at(-1);
  if (last !== undefined && bit !== undefined) last[bit] = record;
}

/** The bits of a network in the tree of IPv6, where IPv4 is under 96 zeros. */
function bitsOf(network: string): readonly (0 | 1)[] {
  const [address = "", length = ""] = network.split("/");
  const bytes =
    isIP(address) === 4 ? [...Array<number>(12).fill(0), ...address.split(".").map(Number)] : bytes6(address);
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, n) => ((byte >> (7 - n)) & 1) as 0 | 1));
  return bits.slice(0, Number(length) + (isIP(address) === 4 ? 96 : 0));
}

function bytes6(address: string): readonly number[] {
  const [head = "", tail = ""] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return all.flatMap((group) => [group >> 8, group & 255]);
}

function encode(value: Value): Buffer {
  if (typeof value === "string") return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (typeof value === "number") {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return Buffer.concat([control(3, 8), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([
    control(7, entries.length),
    ...entries.flatMap(([name, item]) => [encode(name), encode(item)]),
  ]);
}

function control(type: number, size: number): Buffer {
  return size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29]);
}
