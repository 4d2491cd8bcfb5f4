import { type AuditSettings, rules, type Severity } from "../../audit/index.js";
import { parseCidr } from "../../clients/cidr.js";
import { SessctlError } from "../../core/errors.js";
import { safe } from "../../core/safe-text.js";
import type { Value } from "../config/document.js";
import { usageError } from "../errors.js";
import { linesOf } from "./lines.js";
import { known, list, severityOf, thresholdOf, whole } from "./values.js";

/** Reads an audit's configuration; lists in files are beside `folder`. A usage error with line and column of what is wrong. */
export function readAuditSettings(root: Value, folder: string): AuditSettings {
  const parts = root.members.map(({ key, where, value }): AuditSettings => {
    switch (known(key, where, ["rules", "allow", "watch", "learning"])) {
      case "rules":
        return ofRules(value);
      case "allow":
        return ofAllowed(value, folder);
      case "watch":
        return { watched: addresses(value, folder) };
      case "learning":
        return { learning: whole(value) };
    }
  });
  return Object.assign({}, ...parts) as AuditSettings;
}

function ofRules(value: Value): Pick<AuditSettings, "thresholds" | "severities" | "disabled"> {
  const thresholds: Record<string, Record<string, number>> = {};
  const severities: Record<string, Severity> = {};
  const disabled: string[] = [];
  for (const { key, where, value: rule } of members(value)) {
    const id = known(
      key,
      where,
      rules.map((one) => one.id),
    );
    const own = rules.find((one) => one.id === id)?.thresholds ?? {};
    for (const setting of members(rule)) {
      const name = known(setting.key, setting.where, ["enabled", "severity", ...Object.keys(own)], `${id}.`);
      const threshold = Object.hasOwn(own, name) ? own[name] : undefined;
      if (name === "enabled") {
        if (typeof setting.value.json !== "boolean") throw wrong(setting.value, "true or false");
        if (!setting.value.json) disabled.push(id);
      } else if (name === "severity") severities[id] = severityOf(setting.value);
      else if (threshold !== undefined) (thresholds[id] ??= {})[name] = thresholdOf(setting.value, threshold);
    }
  }
  return { thresholds, severities, disabled };
}

function ofAllowed(value: Value, folder: string): Pick<AuditSettings, "trust" | "trustedUsers"> {
  let ip: (ip: string) => boolean = () => false;
  let asns: readonly number[] = [];
  let trustedUsers: readonly string[] = [];
  for (const { key, where, value: part } of members(value)) {
    switch (known(key, where, ["networks", "asns", "users"], "allow.")) {
      case "networks":
        ip = addresses(part, folder);
        break;
      case "asns":
        asns = list(part).map((item, n) => {
          const number = typeof item === "string" ? Number(/^AS(\d+)$/i.exec(item)?.[1]) : item;
          if (typeof number === "number" && Number.isInteger(number) && number > 0) return number;
          throw wrong(part, `a list of network numbers, and number ${n + 1} is none`);
        });
        break;
      case "users":
        trustedUsers = list(part).map((item) => {
          if (typeof item === "string") return item;
          throw wrong(part, "a list of users");
        });
        break;
    }
  }
  const numbers = new Set(asns);
  return { trust: { ip, asn: (asn) => numbers.has(asn) }, trustedUsers };
}

/** A list of addresses and networks, and of files with one on each line (`@tor-exits.txt`, `#` for remarks). */
function addresses(value: Value, folder: string): (ip: string) => boolean {
  const tests = list(value).flatMap((item) => {
    if (typeof item !== "string") throw wrong(value, "a list of addresses, networks and @files");
    if (!item.startsWith("@")) return [cidr(item, value.where)];
    // A remark may follow an address.
    return linesOf(item, folder, value).map(({ text, where }) => cidr(text.replace(/#.*$/, "").trim(), where));
  });
  return (ip) => tests.some((test) => test(ip));
}

function cidr(text: string, where: string): (ip: string) => boolean {
  try {
    return parseCidr(text);
  } catch (error) {
    if (!(error instanceof SessctlError)) throw error;
    throw usageError(`${where}: ${safe(error.message)}`, error.hint ?? "");
  }
}

function members(value: Value): Value["members"] {
  if (typeof value.json === "object" && value.json !== null && !Array.isArray(value.json)) return value.members;
  throw wrong(value, "an object");
}

function wrong(value: Value, wanted: string): Error {
  return usageError(`${value.where}: this must be ${wanted}`, "See docs/audit.md for what can be in the file.");
}
