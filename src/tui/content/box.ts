import { cutTo, fitLine, type Line, lineWidth, span, widthOf } from "../spans.js";

/** Lines in a frame with a title, `width` cells wide altogether. */
export function framed(title: string, lines: readonly Line[], width: number): readonly Line[] {
  const inner = width - 4;
  const heading = ` ${cutTo(title, inner - 2)} `;
  const rule = "─".repeat(Math.max(0, width - 3 - widthOf(heading)));
  return [
    [span("┌─", "frame"), span(heading, "title"), span(`${rule}┐`, "frame")],
    ...lines.map((line): Line => [span("│ ", "frame"), ...fitLine(line, inner), span(" │", "frame")]),
    [span(`└${"─".repeat(width - 2)}┘`, "frame")],
  ];
}

/** How wide a frame must be for these lines, between two bounds. */
export function frameWidth(title: string, lines: readonly Line[], min: number, max: number): number {
  const widest = Math.max(widthOf(title) + 2, ...lines.map(lineWidth));
  return Math.max(min, Math.min(widest + 4, max));
}
