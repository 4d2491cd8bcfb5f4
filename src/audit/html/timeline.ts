import type { Finding } from "../finding.js";
import { type Severity, severities } from "../severity.js";
import { markup, type Html } from "../../html/markup.js";
import { utc } from "../../html/times.js";

const width = 1040;
const height = 150;
const margin = { top: 12, bottom: 26, side: 34 };
const bins = 60;

/** When what was found was last the case, as bars over time; `undefined` when fewer than two findings have a time. */
export function timeline(findings: readonly Finding[]): Html | undefined {
  const dated = findings.flatMap(({ lastSeenAt, severity }) =>
    lastSeenAt === null || !(Math.abs(lastSeenAt) <= 8.64e15) ? [] : [{ at: lastSeenAt, severity }],
  );
  if (dated.length < 2) return undefined;
  const from = dated.reduce((least, { at }) => Math.min(least, at), Infinity);
  const to = dated.reduce((most, { at }) => Math.max(most, at), -Infinity);
  const span = Math.max(to - from, 60_000);
  const counts = Array.from({ length: bins }, () => new Map<Severity, number>());
  for (const { at, severity } of dated) {
    const bin = counts[Math.min(bins - 1, Math.floor(((at - from) / span) * bins))];
    bin?.set(severity, (bin.get(severity) ?? 0) + 1);
  }
  const most = Math.max(...counts.map((bin) => [...bin.values()].reduce((sum, n) => sum + n, 0)));
  const bottom = height - margin.bottom;
  const step = (width - 2 * margin.side) / bins;
  const bars = counts.flatMap((bin, n) => {
    let y = bottom;
    return severities.toReversed().flatMap((severity) => {
      const count = bin.get(severity) ?? 0;
      if (count === 0) return [];
      const tall = Math.max(2, (count / most) * (bottom - margin.top));
      y -= tall;
      const x = margin.side + n * step;
      return [
        markup`<rect
          class="${severity}"
          x="${x.toFixed(1)}"
          y="${y.toFixed(1)}"
          width="${(step - 2).toFixed(1)}"
          height="${tall.toFixed(1)}"
          ><title>${count} ${severity}, from ${utc(from + (span / bins) * n)}</title></rect
        >`,
      ];
    });
  });
  return markup`<svg
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Findings by the time they were last the case"
  >
    <line class="axis" x1="${margin.side}" y1="${bottom}" x2="${width - margin.side}" y2="${bottom}" />
    ${bars}
    <text x="${margin.side}" y="${height - 8}">${utc(from)}</text>
    <text x="${width - margin.side}" y="${height - 8}" text-anchor="end">${utc(from + span)}</text>
    <text x="${margin.side - 6}" y="${margin.top + 8}" text-anchor="end">${most}</text>
  </svg>`;
}
