import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SafeText } from "../../core/safe-text.js";
import { OutputError } from "../io.js";

/** Bytes kept in memory, about: some twenty thousand sessions as CSV. */
const mostInMemory = 8 * 1024 * 1024;

/** Bytes read back at once. */
const readBytes = 64 * 1024;

/**
 * Text that is held back until all of it is there, however long it becomes: beyond a few megabytes it goes to a temporary
 * file. That has no name from the beginning, so that nobody else can open it and nothing is left of it, even when the
 * process is killed.
 */
export class HeldText {
  readonly #mostInMemory: number;
  #texts: SafeText[] = [];
  #length = 0;
  #file: FileHandle | undefined;

  constructor(most = mostInMemory) {
    this.#mostInMemory = most;
  }

  /** Whether a temporary file holds some of it. */
  get isInFile(): boolean {
    return this.#file !== undefined;
  }

  /** Takes more text to its end. An `OutputError` when there is no room for it. */
  async add(text: SafeText): Promise<void> {
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length < this.#mostInMemory) return;
    try {
      this.#file ??= await namelessFile();
      await this.#file.writeFile(this.#texts.join(""));
    } catch (error) {
      throw cannotHold(error);
    }
    this.#texts = [];
    this.#length = 0;
  }

  /** All of it, in pieces. */
  async *pieces(): AsyncGenerator<SafeText> {
    if (this.#file !== undefined) {
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      const buffer = Buffer.alloc(readBytes);
      for (let at = 0; ;) {
        const { bytesRead } = await this.#file.read(buffer, 0, readBytes, at).catch((error: unknown) => {
          throw cannotHold(error);
        });
        if (bytesRead === 0) break;
        at += bytesRead;
        yield decoder.decode(buffer.subarray(0, bytesRead), { stream: true }) as SafeText;
      }
    }
    yield* this.#texts;
  }

  /** Gives the file's room back. */
  async release(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

async function namelessFile(): Promise<FileHandle> {
  const name = path.join(tmpdir(), `sessctl-${randomUUID()}`);
  const file = await open(name, "wx+", 0o600);
  await unlink(name);
  return file;
}

function cannotHold(error: unknown): unknown {
  if (!isOfSystem(error)) return error;
  return new OutputError(error, {
    what: `cannot hold back in ${tmpdir()} what is to be written`,
    hint: "Set TMPDIR to a folder with room, or use -o ndjson, which needs none.",
  });
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
