import type { AuditBasis } from "../app/watch/findings.js";
import type { GeoReader } from "../clients/geography/geo-reader.js";
import type { Access } from "./access.js";
import type { ScreenLook } from "./screen-look.js";
import type { Clock, SessionDirectory, Trail } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";

/** Where `top` reads its signals; `process` is one. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** What `sessctl top` works with. */
export interface TopOptions {
  /** Opened with `reconnect: true`. Stays the caller's to close. */
  readonly directory: SessionDirectory;
  /** Where it is written down what is done from the screen. Stays the caller's to close too. */
  readonly trail: Trail;
  /** Which Redis this is, to be read by people: a profile's name or a URL without its password. */
  readonly label: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly clock: Clock;
  /** Tells what the operator should know of this Redis from the beginning; called when the screen is there. */
  readonly warning?: () => Promise<SafeText | undefined>;
  /** How the screen looks. */
  readonly look: ScreenLook;
  /** How many snapshots to write rather than the live screen; one is also what there is when `stdin` or `stdout` is no terminal. */
  readonly snapshots: number | undefined;
  /** Form of a snapshot: text, JSON over several lines, or on one. */
  readonly output: "table" | "json" | "ndjson";
  /** Time between two reads in ms; default 2000. */
  readonly intervalMs?: number;
  /** Who may change something from the screen. */
  readonly access: Access;
  /** The screen changes with what is read and typed, never with time alone. */
  readonly still: boolean;
  /** Tells where addresses are; called when the screen is there. */
  readonly geography: () => Promise<GeoReader>;
  /** How an audit is configured; what is wrong with that is thrown, and told where the findings would be. */
  readonly auditSettings: () => Promise<AuditBasis["settings"]>;
  /** Who is at the screen, kept with what is changed. */
  readonly actor?: string;
  /** Default: `process`. */
  readonly signals?: SignalSource;
}
