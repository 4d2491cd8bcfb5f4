import { Writable } from "node:stream";
import type { Size } from "./size.js";
import { widthOf } from "./spans.js";

/** Puts whole frames on a terminal, writing only the lines that changed. */
export interface Painter {
  /** Takes the terminal: alternate buffer, no cursor, no wrapping of long lines. */
  readonly enter: () => void;
  /** Gives it back as it was. Doing it twice does no harm. */
  readonly leave: () => void;
  /** Shows a frame, lines separated by `\n`. While the terminal is behind, only the latest is kept. */
  readonly paint: (frame: string) => void;
  /** Asks the terminal to put a text on the clipboard (OSC 52). Most do, some only when they are told to, some never. */
  readonly copy: (text: string) => void;
  /** Forgets what is on the screen: the next frame is drawn whole. */
  readonly forget: () => void;
}

/** Alternate buffer, no cursor, no wrapping, marks around pasted text; and all of it undone. */
const enterSequence = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[2J\u001b[H";
const leaveSequence = "\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l";

/** Begin and end of a synchronised update: terminals that know it show all of it at once, others pass over it. */
const beginUpdate = "\u001b[?2026h";
const endUpdate = "\u001b[?2026l";

/** A painter on a terminal. Why not ink's own: docs/decisions/0006-own-painter.md. */
export function createPainter(stdout: NodeJS.WriteStream): Painter {
  let entered = false;
  let onScreen: readonly string[] | undefined;
  let waiting: string | undefined;

  const write = (frame: string) => {
    const lines = frame.split("\n").map(harmless);
    const changes = changedLines(onScreen, lines, stdout.columns);
    onScreen = lines;
    if (changes !== "") stdout.write(beginUpdate + changes + endUpdate);
  };
  const drained = () => {
    const frame = waiting;
    waiting = undefined;
    if (entered && frame !== undefined) write(frame);
  };

  return {
    enter() {
      if (entered) return;
      entered = true;
      onScreen = undefined;
      stdout.on("drain", drained);
      stdout.write(enterSequence);
    },
    leave() {
      if (!entered) return;
      entered = false;
      waiting = undefined;
      stdout.off("drain", drained);
      stdout.write(leaveSequence);
    },
    paint(frame) {
      if (!entered) return;
      if (stdout.writableNeedDrain) waiting = frame;
      else write(frame);
    },
    copy(text) {
      if (entered) stdout.write(`\u001b]52;c;${Buffer.from(text).toString("base64")}\u0007`);
    },
    forget() {
      onScreen = undefined;
    },
  };
}

/** What to write so that `before` becomes `after`; without `before` the screen is cleared first. */
function changedLines(before: readonly string[] | undefined, after: readonly string[], columns: number): string {
  const parts: string[] = before === undefined ? ["\u001b[H\u001b[2J"] : [];
  for (const [n, line] of after.entries()) {
    if (before?.[n] === line || (before === undefined && line === "")) continue;
    // After a character in the last column the cursor still stands on it: erasing the rest of the line would erase it.
    const rest = widthOf(line.replace(styles, "")) < columns ? "\u001b[K" : "";
    parts.push(`\u001b[${n + 1};1H${line}\u001b[0m${rest}`);
  }
  for (let n = after.length; n < (before?.length ?? 0); n++) parts.push(`\u001b[${n + 1};1H\u001b[K`);
  return parts.join("");
}

// Control characters are what these are about.
const styles = /\u001b\[[\d;:]*m/g;

/** Everything that a terminal would obey but colours. Text is made safe where it enters; this is the second lock. */
const commands = /\u001b(?!\[[\d;:]*m)|[\u0000-\u001a\u001c-\u001f\u007f-\u009f]/g;
/* oxlint-enable no-control-regex */

function harmless(line: string): string {
  return line.replace(commands, "");
}

/** What ink takes for its terminal: in debug mode each write to it is one whole frame. */
export class FrameStream extends Writable {
  readonly isTTY = false;
  readonly #sizeOf: () => Size;
  readonly #paint: (frame: string) => void;

  constructor(sizeOf: () => Size, paint: (frame: string) => void) {
    super({ decodeStrings: false });
    this.#sizeOf = sizeOf;
    this.#paint = paint;
  }

  get columns(): number {
    return this.#sizeOf().columns;
  }

  get rows(): number {
    return this.#sizeOf().rows;
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    if (typeof chunk === "string" && chunk !== "") this.#paint(chunk);
    done();
  }
}
