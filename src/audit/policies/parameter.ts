import type { Observed } from "./requirement.js";

/** A parameter of `CONFIG GET` of all servers, or why it is not known. */
export function parameterOf(
  { servers }: Observed,
  name: string,
): { readonly known: true; readonly values: readonly string[] } | { readonly known: false; readonly why: string } {
  if (typeof servers === "string") return { known: false, why: servers };
  const values: string[] = [];
  for (const { config } of servers) {
    const value = config.known ? config.value.get(name) : undefined;
    if (value === undefined) {
      return { known: false, why: `Redis does not tell ${name}${config.known ? "" : `: ${config.why}`}` };
    }
    values.push(value);
  }
  return values.length === 0 ? { known: false, why: "no server told anything" } : { known: true, values };
}
