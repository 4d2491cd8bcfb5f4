import type { SafeText } from "../../src/core/safe-text.js";
import type { Output } from "../../src/cli/io.js";
import { painter } from "../../src/cli/paint.js";

/** An output that keeps what is written. */
export interface CapturedOutput extends Output {
  readonly text: string;
}

/** An output of this kind: a pipe unless a width is given, then a terminal of that width. */
export function capturedOutput(options: { readonly width?: number; readonly colour?: boolean } = {}): CapturedOutput {
  const { width, colour = false } = options;
  let text = "";
  const write = (more: SafeText): Promise<void> => {
    text += more;
    return Promise.resolve();
  };
  return {
    write,
    line: (more) => write(`${more}\n` as SafeText),
    isTerminal: width !== undefined,
    width: width ?? 80,
    height: 24,
    colour,
    paint: painter(colour),
    closed: false,
    flush: () => Promise.resolve(),
    get text() {
      return text;
    },
  };
}
