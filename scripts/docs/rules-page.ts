import { type Rule, rules } from "../../src/audit/index.js";
import { formatDuration } from "../../src/core/duration.js";

/** docs/rules.md: what each rule of the audit sees, what it misses, and what can be set. */
export function rulesPage(): Promise<string> {
  const text = [
    "# The audit's rules",
    "",
    "Made from the rules themselves (`src/audit/rules`) by `npm run docs`; `sessctl audit --list-rules -o json` tells the same.",
    "How to read a report and how to set what is in the tables here: [audit.md](audit.md).",
    "",
    "| rule | severity | fires when |",
    "| --- | --- | --- |",
    ...rules.map(({ id, severity, fires }) => `| [\`${id}\`](#${id}) | ${severity} | ${cell(fires)} |`),
    "",
    ...rules.flatMap(section),
  ];
  return Promise.resolve(text.join("\n").trimEnd());
}

function section({ id, title, fires, misses, severity, otherwise = {}, needs, thresholds, mapsTo }: Rule): string[] {
  const others = Object.entries(otherwise).map(([name, when]) => `, ${name} ${when}`);
  const limits = Object.entries(thresholds);
  return [
    `## ${id}`,
    "",
    `*${title}.* It fires when ${fires}.`,
    "",
    `- Severity: ${severity}${others.join("")}.`,
    `- What it misses: ${misses}`,
    ...(needs.length === 0 ? [] : [`- Needs: ${needs.map((need) => `\`${need}\``).join(", ")}.`]),
    ...(mapsTo.length === 0 ? [] : [`- Maps to: ${mapsTo.join(", ")}.`]),
    "",
    ...(limits.length === 0
      ? []
      : [
          "| threshold | default | means |",
          "| --- | ---: | --- |",
          ...limits.map(([name, { default: value, unit, means }]) => {
            const shown =
              unit === "ms"
                ? formatDuration(value, 2)
                : `${value}${unit === "share" || unit === "times" ? "" : ` ${unit}`}`;
            return `| \`${name}\` | ${shown} | ${cell(means)} |`;
          }),
          "",
        ]),
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
