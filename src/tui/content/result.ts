import type { Overlay } from "../state.js";
import { fit, type Line, span } from "../spans.js";

/** What became of each session, failures first. */
export function resultLines(result: Extract<Overlay, { kind: "result" }>): readonly Line[] {
  return result.lines
    .toSorted((a, b) => Number(a.good) - Number(b.good))
    .map(({ target, good, text }) => [
      span(good ? "✔ " : "✖ ", good ? "good" : "danger"),
      span(`${target.name.slice(0, 8)} `, "id"),
      span(`${fit(target.user ?? "anonymous", 16)} `, target.user === undefined ? "faint" : "value"),
      span(text, good ? "plain" : "danger"),
    ]);
}
