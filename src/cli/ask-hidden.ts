import type { SafeText } from "../core/safe-text.js";
import { exitCodes } from "./exit-codes.js";
import type { Io } from "./io.js";

const [interrupt, endOfInput, backspace, erase] = ["\u0003", "\u0004", "\u007F", "\b"];

/** Asks on the terminal for what must not be seen, and gives what was typed. Ctrl-C ends the process. */
export async function askHidden({ stdin, stderr, end }: Io, question: SafeText): Promise<string> {
  // Before it is asked: who answers at once is not to be echoed either.
  stdin.setEncoding("utf8").setRawMode(true);
  await stderr.write(question);
  try {
    return await new Promise<string>((resolve) => {
      let typed = "";
      const read = (chunk: string) => {
        for (const key of chunk) {
          if (key === "\r" || key === "\n" || key === endOfInput) {
            stdin.off("data", read).pause();
            return resolve(typed);
          }
          if (key === interrupt) {
            stdin.setRawMode(false);
            end(exitCodes.interrupted);
          }
          typed = key === backspace || key === erase ? [...typed].slice(0, -1).join("") : typed + key;
        }
      };
      stdin.on("data", read);
    });
  } finally {
    stdin.setRawMode(false);
    // The line break that was typed is not shown either.
    await stderr.line("" as SafeText);
  }
}
