import { readFileSync } from "node:fs";
import { usageError } from "./errors.js";

/** The ids of the findings of an earlier report, `-o json` or `-o ndjson`; a usage error for what is none. */
export function readBaseline(file: string): ReadonlySet<string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code ?? "?"})`;
    throw wrong(file, why);
  }
  const findings = wholeReport(text) ?? text.split("\n").flatMap((line, n) => findingOf(line, n + 1, file));
  return new Set(findings.map((finding) => idOf(finding, file)));
}

/** The findings of `-o json`; `undefined` when it is not that. */
function wholeReport(text: string): readonly unknown[] | undefined {
  const report = parsed(text);
  const findings: unknown = typeof report === "object" && report !== null && "findings" in report && report.findings;
  return Array.isArray(findings) ? findings : undefined;
}

function findingOf(line: string, number: number, file: string): readonly unknown[] {
  if (line.trim() === "") return [];
  const finding = parsed(line);
  if (finding === undefined) throw wrong(file, `line ${number} is no finding`);
  return [finding];
}

function idOf(finding: unknown, file: string): string {
  if (typeof finding === "object" && finding !== null && "rule" in finding && "id" in finding) {
    if (typeof finding.id === "string") return finding.id;
  }
  throw wrong(file, "what is in it is no finding");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrong(file: string, why: string): Error {
  return usageError(
    `--baseline: ${JSON.stringify(file)}: ${why}`,
    "Write one with: sessctl audit --anomalies -o json > baseline.json",
  );
}
