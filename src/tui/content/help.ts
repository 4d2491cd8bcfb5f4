import type { Access } from "../access.js";
import type { Group } from "../binding.js";
import { bindings, isThere, labelOf } from "../keys.js";
import { fit, type Line, span, widthOf } from "../spans.js";

const groups: readonly Group[] = ["Move", "Look", "Change", "Screen"];

/** The help: every key of the key table, by group, and what the signs mean. */
export function helpLines(access: Access): readonly Line[] {
  const keys = groups.flatMap((group) => {
    const listed = bindings.filter((binding) => binding.group === group && isThere(binding, access));
    const lines = listed.map((binding): Line => [span(fit(labelOf(binding), keyWidth), "key"), span(binding.does)]);
    const heading: Line[] = [[span(group, "title")]];
    return lines.length === 0 ? [] : heading.concat(lines, [[]]);
  });
  return [...keys, [span("Signs", "title")], ...signs.map(signLine)];
}

const signs: readonly (readonly [sign: string, meaning: string])[] = [
  ["▸ ● ✖", "selected, marked, has just ended"],
  ["▲ua", "used from another browser, system or kind of device"],
  ["▲net", "used from another network (/24 or /64)"],
  ["∞", "neither idle time nor a deadline ever ends it"],
  ["✖ corrupt", "its record cannot be decoded"],
  ["LEFT", "until it ends unless a request comes before"],
];

const keyWidth =
  2 + Math.max(...[...bindings.filter(({ group }) => group).map(labelOf), ...signs.map(([s]) => s)].map(widthOf));

function signLine([sign, meaning]: readonly [string, string]): Line {
  return [span(fit(sign, keyWidth), "key"), span(meaning)];
}
