import { safe, type SafeText } from "../core/safe-text.js";

/** Text broken at its blanks into lines of at most `width` characters; a longer word has a line of its own. */
export function wrapped(text: SafeText, width: number): readonly SafeText[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= width || line === "") {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((one) => safe(one));
}
