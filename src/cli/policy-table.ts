import type { PolicyReport } from "../audit/index.js";
import { safe } from "../core/safe-text.js";
import type { Output } from "./io.js";
import { counted, joined, say } from "./say.js";

const styles = { met: "good", violated: "danger", "not observable": "faint" } as const;

/** Writes what a policy came to: a line for each requirement, what is against it first. */
export async function writePolicy({ name, requirements }: PolicyReport, output: Output): Promise<void> {
  const { paint } = output;
  await output.line(say`POLICY  ${name}`);
  await output.line(say``);
  for (const state of ["violated", "not observable", "met"] as const) {
    for (const { requirement, asks, severity, why, sessions, count, ...judged } of requirements) {
      if (judged.state !== state) continue;
      const how = state === "violated" ? say`${state} (${severity})` : safe(state);
      await output.line(joined([say`  ${requirement}  `, paint(styles[state], how), say`  ${asks}`]));
      const whose =
        count === 0 ? say`` : say` (${counted(count, "session")}, such as ${sessions[0]?.slice(0, 8) ?? "?"})`;
      await output.line(joined([say`    ${why}`, whose]));
    }
  }
  await output.line(say``);
}
