import { didYouMean } from "../../app/nearest.js";
import { type Rule, type Severity, severities } from "../../audit/index.js";
import { parseDuration } from "../../core/duration.js";
import { safe } from "../../core/safe-text.js";
import type { Value } from "../config/document.js";
import { usageError } from "../errors.js";

/** A name that is one of those there are; a usage error with the nearest one. `within` is what it belongs to, as in `hijack.`. */
export function known<Name extends string>(name: string, where: string, names: readonly Name[], within = ""): Name {
  const found = names.find((candidate) => candidate === name);
  if (found !== undefined) return found;
  const hint = `${didYouMean(name, names)} Names: ${names.join(", ")}.`.trim();
  throw usageError(`${where}: there is no ${within}${safe(name)}`, hint);
}

/** The items of a list; `example` is one. */
export function list({ json, where }: Value, example = "203.0.113.0/24"): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw usageError(`${where}: this must be a list`, `Such as ${JSON.stringify([example])}.`);
}

/** A whole number, 0 or more. */
export function whole({ json, where }: Value): number {
  if (typeof json === "number" && Number.isInteger(json) && json >= 0) return json;
  throw usageError(`${where}: this must be a whole number, 0 or more`, "Such as 3.");
}

/** A severity. */
export function severityOf({ json, where }: Value): Severity {
  const found = severities.find((severity) => severity === json);
  if (found !== undefined) return found;
  throw usageError(`${where}: this must be a severity`, `Severities: ${severities.join(", ")}.`);
}

/** A threshold's value: a number, or a duration where it is a time. */
export function thresholdOf({ json, where }: Value, { unit }: Rule["thresholds"][string]): number {
  if (unit === "ms" && typeof json === "string") {
    try {
      return parseDuration(json);
    } catch {
      throw usageError(`${where}: ${safe(JSON.stringify(json))} is not a duration`, "Write it as 90s, 30m, 12h, 7d.");
    }
  }
  const isShare = unit === "share";
  if (typeof json === "number" && Number.isFinite(json) && json >= 0 && (!isShare || json <= 1)) return json;
  const wanted = isShare
    ? "a share, from 0 to 1"
    : unit === "ms"
      ? "a duration such as 10m, or ms"
      : "a number, 0 or more";
  throw usageError(`${where}: this must be ${wanted}`, "See sessctl audit --list-rules for what it bounds.");
}
