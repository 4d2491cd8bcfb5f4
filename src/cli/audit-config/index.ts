import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AuditSettings } from "../../audit/index.js";
import { userFileOf } from "../config/places.js";
import { usageError } from "../errors.js";
import { inDocument } from "./in-document.js";
import { readAuditSettings } from "./read.js";

/** The name of an audit's configuration, in the folder where sessctl runs or else beside the user's own file. */
const fileName = "sessctl.audit.json";

/** Settings, and the file they are from; `undefined` for none. */
export interface FoundSettings {
  readonly settings: AuditSettings;
  readonly file: string | undefined;
}

/** The settings of the file that is named, else of the one that is there, else none; a usage error with the place of what is wrong. */
export function auditSettingsOf(named: string | undefined, env: NodeJS.ProcessEnv): FoundSettings {
  const usual = [fileName, path.join(path.dirname(userFileOf(env)), fileName)];
  const file = named ?? usual.find((candidate) => existsSync(candidate));
  if (file === undefined) return { settings: {}, file };
  const folder = path.dirname(path.resolve(file));
  return { settings: inDocument(read(file), file, (root) => readAuditSettings(root, folder)), file };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
}

function unreadable(file: string, { code }: NodeJS.ErrnoException): Error {
  const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code ?? "?"})`;
  return usageError(`--config: ${JSON.stringify(file)}: ${why}`, "See docs/audit.md for what can be in it.");
}
