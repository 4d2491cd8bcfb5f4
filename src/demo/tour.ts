import { SessctlError } from "../core/errors.js";
import type { LiveSession } from "./fill.js";

/** One command of the tour, without the `sessctl` before it. */
export type TourStep = readonly [string, ...string[]];

/** The commands of the tour: whose sessions there are, which of them are stolen, and what to do about it. */
export function tourSteps(population: readonly LiveSession[]): readonly TourStep[] {
  const stolen = population.find(
    ({ takeover, user, hasEnded }) => takeover !== undefined && user !== undefined && !hasEnded,
  );
  if (stolen?.user === undefined) throw new SessctlError("invalid-argument", "the population has no stolen session");
  const id = abbreviated(stolen.id, population);
  return [
    ["list", "--limit", "10"],
    ["list", "--user", stolen.user],
    ["show", id],
    ["audit", "--anomalies"],
    ["revoke", id, "--reason", "hijack"],
    ["top", "--once"],
  ];
}

/** Runs the commands one after the other; `print` gets each command line before it runs. The first that fails ends it. */
export async function runTour(
  steps: readonly TourStep[],
  run: (step: TourStep) => Promise<number>,
  print: (line: string) => Promise<void>,
): Promise<void> {
  for (const [n, step] of steps.entries()) {
    const line = `sessctl ${step.join(" ")}`;
    if (n > 0) await print("");
    await print(`$ ${line}`);
    const code = await run(step);
    if (code !== 0) {
      throw new SessctlError("unavailable", `the tour stopped: \`${line}\` ended with ${code}`, {
        hint: "What it says above is why.",
      });
    }
  }
}

/** At least 8 characters of an id, and as many as set it apart from the others. */
function abbreviated(id: string, population: readonly LiveSession[]): string {
  let length = 8;
  while (population.some((other) => other.id !== id && other.id.startsWith(id.slice(0, length)))) length += 1;
  return id.slice(0, length);
}
