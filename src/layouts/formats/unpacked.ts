import { UndecodableError } from "./plain.js";

/** Bytes as they come out of a compressed value: never more than were asked for. */
export class Unpacked {
  private bytes = Buffer.alloc(0);
  private length = 0;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  add(bytes: Buffer): void {
    this.reserve(bytes.length);
    bytes.copy(this.bytes, this.length);
    this.length += bytes.length;
  }

  /** Repeats what came `distance` bytes ago, byte by byte: what it repeats may be what it adds. */
  repeat(distance: number, length: number): void {
    if (distance < 1 || distance > this.length) throw new UndecodableError("refers to before its beginning");
    this.reserve(length);
    const end = this.length + length;
    for (; this.length < end; this.length++) {
      this.bytes[this.length] = this.bytes[this.length - distance] ?? 0;
    }
  }

  whole(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(length: number): void {
    const needed = this.length + length;
    if (needed > this.most) throw new UndecodableError("unpacks into too much");
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.most, Math.max(2 * this.bytes.length, needed, 4096)));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
