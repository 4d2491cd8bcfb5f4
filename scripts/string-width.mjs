// Stands for string-width in the bundled command line: the same answers, most of them without loading it. What it needs
// for all emoji there are takes longer to prepare than the first frame of `sessctl top` takes to draw.

/** A cell each and never joined with what stands beside them: Latin letters, dashes, arrows, lines, bars, some signs. */
const narrow =
  /^[\u0020-\u007e\u00b7\u00c0-\u024f\u2010-\u2014\u2026\u2190-\u2193\u221e\u2264\u2265\u2500-\u2593\u25b2\u25b8\u25bc\u25c2\u25cf\u2716]*$/;

const styles = /\u001b\[[\d;]*m/g;

let stringWidth;

/** How many cells a text takes on a terminal. */
export default function width(text, options) {
  if (typeof text === "string" && options?.countAnsiEscapeCodes !== true) {
    const plain = text.includes("\u001b") ? text.replace(styles, "") : text;
    if (narrow.test(plain)) return plain.length;
  }
  // A module that is required is evaluated here and not before: the bundler makes it so.
  stringWidth ??= require("../node_modules/string-width/index.js").default;
  return stringWidth(text, options);
}
