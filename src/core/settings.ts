import { SessctlError } from "./errors.js";
import { defaultLifetime, type Lifetime } from "./lifetime.js";
import type { Clock } from "./ports.js";
import type { RandomBytes } from "./token.js";

/** Options of a session store, whatever it is kept in. */
export interface StoreOptions {
  /** Idle window in ms; default 30 minutes. */
  readonly idleMs?: number;
  /** Absolute lifetime in ms; default 12 hours. */
  readonly absoluteMs?: number;
  /** How long the reason of a session's end is remembered, in ms; default 1 hour. */
  readonly tombstoneMs?: number;
  /** Most bytes of a session's data as JSON; default 32 KiB. More is an error, and the old data stays. */
  readonly maxDataBytes?: number;
  /** Milliseconds since 1970; default the system's clock. */
  readonly clock?: Clock;
  /** A cryptographically secure source; default the system's. */
  readonly random?: RandomBytes;
}

/** Options with every default filled in and every value checked. */
export type StoreSettings = Required<StoreOptions>;

/** Ten years: longer is a mistake in the unit. */
const longestMs = 10 * 365 * 86_400_000;

/** Fills in the defaults and refuses what cannot work with `invalid-argument`. */
export function storeSettings(options: StoreOptions, system: { clock: Clock; random: RandomBytes }): StoreSettings {
  const { idleMs, absoluteMs } = lifetimeOf(options, defaultLifetime);
  return {
    idleMs,
    absoluteMs,
    tombstoneMs: checkedMs("tombstoneMs", options.tombstoneMs ?? 3_600_000),
    maxDataBytes: checkedWhole("maxDataBytes", options.maxDataBytes ?? 32 * 1024, 512 * 1024 * 1024),
    clock: options.clock ?? system.clock,
    random: options.random ?? system.random,
  };
}

/** The lifetime asked for, with what was not asked for taken from `defaults`; `invalid-argument` when it cannot be one. */
export function lifetimeOf(asked: Partial<Lifetime>, defaults: Lifetime): Lifetime {
  return {
    idleMs: checkedMs("idleMs", asked.idleMs ?? defaults.idleMs),
    absoluteMs: checkedMs("absoluteMs", asked.absoluteMs ?? defaults.absoluteMs),
  };
}

function checkedMs(name: string, value: number): number {
  return checkedWhole(name, value, longestMs);
}

function checkedWhole(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new SessctlError("invalid-argument", `${name} must be a whole number from 1 to ${most}, not ${String(value)}`);
}
