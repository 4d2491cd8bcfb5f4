import { type Plain, marked, UndecodableError } from "./plain.js";

/** How much of a stored value is decoded before it is called undecodable. Each is far beyond any session and cheap to reach. */
export interface Limits {
  /** Containers within containers; default 64. */
  readonly depth: number;
  /** Values in all; default 100,000. */
  readonly values: number;
  /** Bytes of the stored value, and of the texts it says when repetitions are counted; default 4 MiB. */
  readonly bytes: number;
}

/** The limits of every reader unless it is handed others. */
export const defaultLimits: Limits = { depth: 64, values: 100_000, bytes: 4 * 1024 * 1024 };

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as text; bytes that are no UTF-8 are marked, in base64. */
export function textOrBytes(bytes: Buffer): Plain {
  try {
    return utf8.decode(bytes);
  } catch {
    return marked("$bytes", bytes.toString("base64"));
  }
}

/** Reads a hostile value front to back: what is not there, or is too much, is an `UndecodableError`, and no length is believed before its bytes are there. */
export class ByteReader {
  readonly bytes: Buffer;
  readonly limits: Limits;
  at = 0;
  private values = 0;
  private said = 0;

  constructor(bytes: Buffer, limits: Limits = defaultLimits) {
    this.bytes = bytes;
    this.limits = limits;
    if (bytes.length > limits.bytes) {
      throw new UndecodableError(`too large to decode: ${bytes.length} bytes`);
    }
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** The next bytes, not copied. */
  take(length: number): Buffer {
    if (length < 0 || length > this.bytes.length - this.at) throw new UndecodableError("truncated");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  /** What stands before the next `stop`, which is read too; at most `most` bytes. */
  until(stop: string, most: number): string {
    const end = this.bytes.subarray(this.at, this.at + most + 1).indexOf(stop, 0, "latin1");
    if (end === -1) throw new UndecodableError(`no "${stop}" where one belongs`);
    const text = this.take(end).toString("latin1");
    this.at += 1;
    return text;
  }

  /** Reads exactly this. */
  expect(text: string): void {
    if (this.take(text.length).toString("latin1") !== text)
      throw new UndecodableError(`no "${text}" where one belongs`);
  }

  /** Called once for each value built. */
  countValue(): void {
    if (++this.values > this.limits.values) throw new UndecodableError(`more than ${this.limits.values} values`);
  }

  /** Called for each text taken over, repetitions too: a short value must not unfold into a long one. */
  countText(length: number): void {
    this.said += length;
    if (this.said > this.limits.bytes) throw new UndecodableError("unfolds into too much text");
  }

  /** Called on entering a container, with how many are around it. */
  checkDepth(depth: number): void {
    if (depth > this.limits.depth) throw new UndecodableError(`nested deeper than ${this.limits.depth}`);
  }

  /** Nothing may follow the value. */
  end(): void {
    if (!this.atEnd) throw new UndecodableError(`${this.bytes.length - this.at} bytes after the end`);
  }
}
