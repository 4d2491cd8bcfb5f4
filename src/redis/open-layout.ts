import type { SessionDirectory } from "../core/ports.js";
import type { AppliedLayout } from "../layouts/session-of.js";
import type { AccessOptions } from "./access.js";
import { Commands } from "./commands.js";
import { type DirectoryParts, LayoutDirectory } from "./foreign/directory.js";

/** Which Redis, and how its sessions are kept. */
export interface LayoutOptions extends AppliedLayout, DirectoryParts {
  readonly redis: string;
  readonly access?: AccessOptions;
  readonly commandTimeoutMs: number;
  readonly reconnect: boolean;
}

/** Opens the sessions that another framework keeps, for an operator. Connecting goes on in the background: the first operation tells. */
export function openLayout({
  redis,
  commandTimeoutMs,
  reconnect,
  access,
  clock,
  pace,
  ...applied
}: LayoutOptions): SessionDirectory {
  return new LayoutDirectory(new Commands(redis, { ...access, timeoutMs: commandTimeoutMs, reconnect }), applied, {
    clock,
    pace,
  });
}
