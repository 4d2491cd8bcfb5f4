import { readFileSync } from "node:fs";
import { type Policy, policies, requirements } from "../../audit/index.js";
import { parseDuration } from "../../core/duration.js";
import { safe } from "../../core/safe-text.js";
import { parseDocument, type Value } from "../config/document.js";
import { usageError } from "../errors.js";
import { known, list } from "./values.js";

/** The policy of that name, else of that file; a usage error with the place of what is wrong in it. */
export function policyOf(named: string): Policy {
  const found = policies.find(({ name }) => name === named);
  if (found !== undefined) return found;
  let text: string;
  try {
    text = readFileSync(named, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no policy and no file of that name" : `cannot be read (${code ?? "?"})`;
    throw usageError(
      `--policy: ${JSON.stringify(named)}: ${why}`,
      `Policies: ${policies.map(({ name }) => name).join(", ")}; or a file, see docs/audit.md.`,
    );
  }
  return readPolicy(parseDocument(text, named), named);
}

function readPolicy(root: Value, file: string): Policy {
  const policy: { -readonly [Key in keyof Policy]: Policy[Key] } = { name: file, requirements: [] };
  for (const { key, where, value } of root.members) {
    switch (known(key, where, ["name", "requirements", "idle", "absolute"])) {
      case "name":
        if (typeof value.json !== "string") throw wrong(value, "a text");
        policy.name = value.json;
        break;
      case "requirements":
        policy.requirements = list(value).map((id) => requirementOf(id, value));
        break;
      case "idle":
        policy.idleMs = duration(value);
        break;
      case "absolute":
        policy.absoluteMs = duration(value);
        break;
    }
  }
  if (policy.requirements.length > 0) return policy;
  throw wrong(root, "an object with at least one of the requirements");
}

function requirementOf(id: unknown, value: Value): string {
  if (typeof id !== "string") throw wrong(value, "a list of requirements");
  return known(
    id,
    value.where,
    requirements.map((one) => one.id),
    "requirement ",
  );
}

function duration(value: Value): number {
  try {
    return parseDuration(String(value.json));
  } catch {
    throw wrong(value, "a duration such as 30m or 12h");
  }
}

function wrong({ where }: Value, wanted: string): Error {
  return usageError(`${safe(where)}: this must be ${wanted}`, "See docs/audit.md for what a policy is.");
}
