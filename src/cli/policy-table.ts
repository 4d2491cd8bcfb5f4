import type { Judged, PolicyReport } from "../audit/index.js";
import { safe } from "../core/safe-text.js";
import type { Output } from "./io.js";
import { joined, say } from "./say.js";
import { wrapped } from "./wrap.js";

const styles = { met: "good", violated: "danger", "not observable": "faint" } as const;

/** Writes what a policy came to: a line for each requirement, what is against it first. */
export async function writePolicy({ name, requirements }: PolicyReport, output: Output): Promise<void> {
  const { paint } = output;
  const states = ["violated", "not observable", "met"] as const;
  const counts = states.map((state) => [state, requirements.filter((one) => one.state === state).length] as const);
  const summary = counts
    .filter(([, count]) => count > 0)
    .map(([state, count]) => paint(styles[state], say`${count} ${state}`));
  await output.line(joined([say`POLICY  ${name}: `, joined(summary, ", ")]));
  await output.line(say``);
  const severalLayouts = new Set(requirements.map(({ layout }) => layout)).size > 1;
  for (const state of states) {
    for (const judged of requirements) {
      if (judged.state === state) await writeRequirement(judged, severalLayouts, output);
    }
  }
  await output.line(say``);
}

async function writeRequirement(
  { requirement, layout, asks, severity, state, why, sessions }: Judged,
  severalLayouts: boolean,
  output: Output,
): Promise<void> {
  const { paint, isTerminal, width } = output;
  const how = state === "violated" ? say`${state} (${severity})` : safe(state);
  const whose = severalLayouts ? say`${layout}  ` : say``;
  await output.line(joined([say`  ${requirement}  `, whose, paint(styles[state], how), say`  ${asks}`]));
  const [first] = sessions;
  const reason = first === undefined ? why : `${why} (such as ${first.slice(0, 8)})`;
  for (const text of wrapped(safe(reason), isTerminal ? width - 4 : Infinity)) await output.line(say`    ${text}`);
}
