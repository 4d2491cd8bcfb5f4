import { programPage } from "./program-page.js";
import { helpText } from "./text.js";

/** The program's help for a terminal of this width, from the registries and without what reads a command line. */
export function programHelp(width: number): string {
  return helpText(programPage(), width);
}
