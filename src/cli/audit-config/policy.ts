import { readFileSync } from "node:fs";
import path from "node:path";
import { didYouMean } from "../../app/nearest.js";
import { type Policy, policies, requirements } from "../../audit/index.js";
import { parseDuration } from "../../core/duration.js";
import { safe } from "../../core/safe-text.js";
import type { Value } from "../config/document.js";
import { usageError } from "../errors.js";
import { inDocument } from "./in-document.js";
import { linesOf } from "./lines.js";
import { known, list, whole } from "./values.js";

/** What a policy file can say. */
const policyKeys = ["name", "extends", "requirements", "idle", "absolute", "maxPerUser", "disabledUsers"] as const;

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
    const names = policies.map(({ name }) => name);
    const there = `Policies: ${names.join(", ")}; or a file, see docs/audit.md.`;
    throw usageError(`--policy: ${JSON.stringify(named)}: ${why}`, `${didYouMean(named, names)} ${there}`.trim());
  }
  return inDocument(text, named, (root) => readPolicy(root, named));
}

type Draft = { -readonly [Key in keyof Policy]: Policy[Key] };

function readPolicy(root: Value, file: string): Policy {
  const own: Partial<Draft> = {};
  let base: Partial<Policy> = {};
  for (const { key, where, value } of root.members) {
    switch (known(key, where, policyKeys)) {
      case "name":
        if (typeof value.json !== "string") throw wrong(value, "a text");
        own.name = value.json;
        break;
      case "extends":
        base = baseOf(value);
        break;
      case "requirements":
        own.requirements = list(value, requirements[0]?.id).map((id) => requirementOf(id, value));
        break;
      case "idle":
        own.idleMs = duration(value);
        break;
      case "absolute":
        own.absoluteMs = duration(value);
        break;
      case "maxPerUser":
        own.maxPerUser = whole(value);
        break;
      case "disabledUsers":
        own.disabledUsers = usersOf(value, path.dirname(path.resolve(file)));
        break;
    }
  }
  const asked = new Set([...(base.requirements ?? []), ...(own.requirements ?? [])]);
  if (asked.size === 0)
    throw wrong(root, "an object with at least one of the requirements, or a policy that it extends");
  return { ...base, ...own, name: own.name ?? file, requirements: [...asked] };
}

function baseOf(value: Value): Policy {
  const names = policies.map(({ name }) => name);
  const { json, where } = value;
  const name = known(typeof json === "string" ? json : JSON.stringify(json), where, names, "policy ");
  return policies.find((policy) => policy.name === name) ?? { name, requirements: [] };
}

/** Users, and files with one on each line. */
function usersOf(value: Value, folder: string): ReadonlySet<string> {
  const users = list(value, "mallory").flatMap((item) => {
    if (typeof item !== "string") throw wrong(value, "a list of users and @files");
    return item.startsWith("@") ? linesOf(item, folder, value).map(({ text }) => text) : [item];
  });
  return new Set(users);
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
