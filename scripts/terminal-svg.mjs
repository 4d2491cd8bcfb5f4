// A picture of a terminal's screen as SVG: text in the 16 colours, bold, dim and inverse.

const cell = { width: 8.4, height: 18 };
const margin = 12;
const [background, foreground] = ["#16181d", "#d7dae0"];
const palette =
  "#2a2e37 #e06c75 #7fbf7f #d9b35f #61afef #c678dd #56b6c2 #d7dae0 #5c6370 #ff7b86 #98e098 #f2cc60 #7cc4ff #dd9bf0 #7fdce6 #ffffff".split(
    " ",
  );

/** The screen of a headless xterm as an SVG document. */
export function svgOf(terminal) {
  const { cols, rows, buffer } = terminal;
  const parts = [];
  for (let y = 0; y < rows; y++) {
    for (const run of runsOf(buffer.active.getLine(buffer.active.viewportY + y), cols)) parts.push(drawn(run, y));
  }
  const width = Math.ceil(cols * cell.width + 2 * margin);
  const height = Math.ceil(rows * cell.height + 2 * margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">`,
    ...parts.filter((part) => part !== ""),
    "</g></svg>\n",
  ].join("\n");
}

/** The pieces of a line that look the same. */
function runsOf(line, cols) {
  const runs = [];
  for (let x = 0; x < cols; x++) {
    const at = line?.getCell(x);
    if (at === undefined || at.getWidth() === 0) continue;
    const look = lookOf(at);
    const last = runs.at(-1);
    const text = at.getChars() || " ";
    if (last?.key === look.key && at.getWidth() === 1) {
      last.text += text;
      last.cells += 1;
    } else runs.push({ ...look, x, text, cells: at.getWidth() });
  }
  return runs;
}

function lookOf(at) {
  const colour = (isDefault, value, fallback) => (isDefault ? fallback : (palette[value] ?? fallback));
  const front = colour(at.isFgDefault(), at.getFgColor(), foreground);
  const back = colour(at.isBgDefault(), at.getBgColor(), background);
  const [fill, behind] = at.isInverse() ? [back, front] : [front, back];
  const look = { fill, behind, bold: at.isBold() !== 0, dim: at.isDim() !== 0 };
  return { ...look, key: JSON.stringify(look) };
}

function drawn({ x, text, cells, fill, behind, bold, dim }, y) {
  const left = (margin + x * cell.width).toFixed(1);
  const width = (cells * cell.width).toFixed(1);
  const top = margin + y * cell.height;
  const box =
    behind === background
      ? ""
      : `<rect x="${left}" y="${top}" width="${width}" height="${cell.height}" fill="${behind}"/>`;
  if (text.trim() === "") return box;
  const style = `${bold ? ' font-weight="bold"' : ""}${dim ? ' opacity="0.6"' : ""}`;
  // Blanks that no browser draws together.
  const shown = text.replaceAll(" ", "\u00A0").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  // Its length is said, so that columns stand straight in every font.
  return `${box}<text x="${left}" y="${top + 13}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${fill}"${style}>${shown}</text>`;
}
