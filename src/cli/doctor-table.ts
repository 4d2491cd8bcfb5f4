import type { DoctorReport } from "../app/doctor.js";
import { groups, type Result, type Step, type Verdict } from "../doctor/index.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { Output } from "./io.js";
import type { Paint, Style } from "./paint.js";
import { counted, joined, say } from "./say.js";
import { wrapped } from "./wrap.js";

/** How a verdict is painted, and the words it is counted by; the worst first. */
const verdicts: readonly (readonly [Verdict, Style, one: string, many: string])[] = [
  ["failure", "danger", "failure", "failures"],
  ["warning", "warning", "warning", "warnings"],
  ["unknown", "accent", "unknown", "unknown"],
  ["ok", "good", "ok", "ok"],
];

/** Room for a verdict's word with the blanks around it, and for a title. */
const verdictWidth = 9;
const titleWidth = 28;
/** Narrower screens have what was seen on a line of its own. */
const narrow = 90;

const prompts: Readonly<Record<Step["in"], string>> = {
  redis: "redis> ",
  config: "redis.conf: ",
  shell: "$ ",
  words: "",
};

/** Writes what the checks came to for people: by group, with what to do about what is not well. */
export async function writeDoctorTable({ servers, results }: DoctorReport, output: Output): Promise<void> {
  for (const group of groups) {
    const ofGroup = merged(results.filter((result) => result.group === group));
    if (ofGroup.length === 0) continue;
    await output.line(output.paint("heading", say`${group.toUpperCase()}`));
    for (const result of ofGroup) await output.line(resultText(result, servers.length, output));
    await output.line(say``);
    if (output.closed) return;
  }
  const counts = verdicts.flatMap(([verdict, style, one, many]) => {
    const count = results.filter((result) => result.verdict === verdict).length;
    return count === 0 ? [] : [output.paint(style, say`${count} ${count === 1 ? one : many}`)];
  });
  await output.line(joined([say`${counted(servers.length, "server")}: `, joined(counts, ", ")]));
}

/** A result, with every server that it is true of. */
interface Merged extends Result {
  readonly servers: readonly string[];
}

/** Servers of which a check says the same share a line. */
function merged(results: readonly Result[]): readonly Merged[] {
  const lines = new Map<string, Result[]>();
  for (const result of results) {
    const key = JSON.stringify([result.check, result.verdict, result.saw, result.fix]);
    lines.set(key, [...(lines.get(key) ?? []), result]);
  }
  return [...lines.values()].flatMap((same) => {
    const [first] = same;
    const servers = same.flatMap(({ server }) => (server === undefined ? [] : [server]));
    return first === undefined ? [] : [{ ...first, servers }];
  });
}

function resultText(result: Merged, serverCount: number, { paint, isTerminal, width }: Output): SafeText {
  const { verdict, title, why, saw, fix, servers } = result;
  const columns = !isTerminal || width >= narrow;
  const indent = verdictWidth + (columns ? titleWidth : 2) + 2;
  const room = isTerminal ? width - indent : Infinity;
  const style = verdicts.find(([word]) => word === verdict)?.[1] ?? "accent";
  const head = joined([
    say`  `,
    paint(style, say`${verdict.padEnd(verdictWidth)}`),
    say`${title.padEnd(columns ? titleWidth : 0)}`,
  ]);
  const body = [
    ...lines(say`${saw}${servers.length > 0 && serverCount > 1 ? onServers(servers, serverCount) : ""}`, room),
    ...(verdict === "ok" || verdict === "unknown" ? [] : lines(say`${why}`, room).map((line) => paint("faint", line))),
    ...fix.flatMap((step) => stepLines(step, room, paint)),
  ];
  const blank = safe(" ".repeat(indent));
  const [first = say``, ...others] = body;
  const under = others.map((line) => joined([blank, line]));
  return joined(columns ? [joined([head, first]), ...under] : [head, joined([blank, first]), ...under], "\n");
}

function onServers(servers: readonly string[], all: number): string {
  return servers.length === all ? " (all servers)" : ` (${servers.join(", ")})`;
}

/** What is to be typed stays in one piece, so that it can be copied. */
function stepLines({ in: where, text }: Step, room: number, paint: Paint): readonly SafeText[] {
  if (where === "words") return lines(safe(text), room);
  return [joined([paint("faint", say`${prompts[where]}`), paint("accent", safe(text))])];
}

function lines(text: SafeText, room: number): readonly SafeText[] {
  return wrapped(text, room);
}
