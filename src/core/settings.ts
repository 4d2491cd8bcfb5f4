import { type Binding, defaultBinding } from "./binding.js";
import { SessctlError } from "./errors.js";
import { defaultLifetime, type Lifetime } from "./lifetime.js";
import type { Clock } from "./ports.js";
import { safeJson } from "./safe-text.js";
import type { RandomBytes } from "./token.js";

/** Options of a session store, whatever it is kept in. */
export interface StoreOptions {
  /** Idle window in ms; default 30 minutes. */
  readonly idleMs?: number;
  /** Absolute lifetime in ms; default 12 hours. */
  readonly absoluteMs?: number;
  /** Most sessions of one user at a time; default: any number. */
  readonly maxPerUser?: number;
  /** What happens beyond `maxPerUser`: the user's oldest session ends (the default), or the new one is refused with `limit-reached`. */
  readonly onLimit?: "revoke-oldest" | "refuse";
  /** How closely sessions are bound to their clients; default `{ ip: "subnet", userAgent: "family", onMismatch: "flag" }`. */
  readonly binding?: Partial<Binding>;
  /** About how many events of the namespace are kept; default 65,536. */
  readonly maxEvents?: number;
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
export type StoreSettings = Required<Omit<StoreOptions, "binding" | "maxPerUser">> & {
  readonly binding: Binding;
  /** `Infinity` when there is no limit. */
  readonly maxPerUser: number;
};

/** Ten years: longer is a mistake in the unit. */
const longestMs = 10 * 365 * 86_400_000;

/** Fills in the defaults and refuses what cannot work with `invalid-argument`. */
export function storeSettings(options: StoreOptions, system: { clock: Clock; random: RandomBytes }): StoreSettings {
  const { idleMs, absoluteMs } = lifetimeOf(options, defaultLifetime);
  return {
    idleMs,
    absoluteMs,
    maxPerUser: options.maxPerUser === undefined ? Infinity : checkedWhole("maxPerUser", options.maxPerUser, 10_000),
    onLimit: checkedWord("onLimit", options.onLimit ?? "revoke-oldest", ["revoke-oldest", "refuse"]),
    binding: {
      ip: checkedWord("binding.ip", options.binding?.ip ?? defaultBinding.ip, ["off", "exact", "subnet"]),
      userAgent: checkedWord("binding.userAgent", options.binding?.userAgent ?? defaultBinding.userAgent, [
        "off",
        "exact",
        "family",
      ]),
      onMismatch: checkedWord("binding.onMismatch", options.binding?.onMismatch ?? defaultBinding.onMismatch, [
        "flag",
        "refuse",
        "revoke",
      ]),
    },
    maxEvents: checkedWhole("maxEvents", options.maxEvents ?? 65_536, 100_000_000),
    tombstoneMs: checkedMs("tombstoneMs", options.tombstoneMs ?? 3_600_000),
    maxDataBytes: checkedWhole("maxDataBytes", options.maxDataBytes ?? 32 * 1024, 512 * 1024 * 1024),
    clock: options.clock === undefined ? system.clock : checkedClock(options.clock),
    random: options.random ?? system.random,
  };
}

/** A lifetime of which any part may be left to a default. */
interface LifetimeOptions {
  readonly idleMs?: number | undefined;
  readonly absoluteMs?: number | undefined;
}

/** The lifetime asked for, with what was not asked for taken from `defaults`; `invalid-argument` when it cannot be one. */
export function lifetimeOf(asked: LifetimeOptions, defaults: Lifetime): Lifetime {
  return {
    idleMs: checkedMs("idleMs", asked.idleMs ?? defaults.idleMs),
    absoluteMs: checkedMs("absoluteMs", asked.absoluteMs ?? defaults.absoluteMs),
  };
}

/** A clock whose readings are whole milliseconds, as they are written everywhere. */
function checkedClock(clock: Clock): Clock {
  return () => {
    const now = Math.floor(clock());
    if (Number.isSafeInteger(now) && now >= 0) return now;
    throw new SessctlError("invalid-argument", `the clock says ${now}, which is no time`, {
      hint: "It must return milliseconds since 1970, as Date.now does.",
    });
  };
}

function checkedMs(name: string, value: number): number {
  return checkedWhole(name, value, longestMs);
}

function checkedWhole(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new SessctlError("invalid-argument", `${name} must be a whole number from 1 to ${most}, not ${shown(value)}`);
}

function checkedWord<Word extends string>(name: string, value: Word, words: readonly Word[]): Word {
  if (words.includes(value)) return value;
  throw new SessctlError("invalid-argument", `${name} must be one of ${words.join(", ")}, not ${shown(value)}`);
}

/** A value of any type as an error may repeat it: what callers without types pass may come from anywhere. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? safeJson(value.slice(0, 100)) : `a value of type ${typeof value}`;
}
