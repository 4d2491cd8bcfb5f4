import stringWidth from "string-width";
import type { SafeText } from "../core/safe-text.js";
import type { Output } from "./io.js";

/** What `Paint` puts around text. */
const styling = /\u001B\[[\d;]*m/g;

/**
 * Draws lines in the place of those drawn before, at the end of a terminal. It changes no mode of the terminal, so that
 * whatever ends the program leaves it as it was, with what was drawn last.
 */
export class Redraw {
  readonly #output: Output;
  #before: readonly string[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  /** Lines beyond the terminal's height, less one for the cursor, are left out. */
  async draw(lines: readonly SafeText[]): Promise<void> {
    const { width, height } = this.#output;
    const shown = lines.slice(0, Math.max(1, height - 1));
    // Those before take more lines when the terminal has become narrower since.
    const taken = this.#before.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / width)), 0);
    const back = taken === 0 ? "" : `\u001B[${Math.min(taken, height - 1)}A`;
    await this.#output.write(`${back}\r\u001B[J${shown.join("\n")}\n` as SafeText);
    this.#before = shown.map((line) => line.replaceAll(styling, ""));
  }
}
