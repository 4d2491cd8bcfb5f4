import type { WatchedEvent } from "../app/watch/event.js";
import type { ServerLoad } from "../core/ports.js";
import type { Problem } from "./problem.js";

/** Length of one bar of the graphs of what happens, in ms. */
const barMs = 5000;
/** Bars that are kept: twenty minutes. */
const mostBars = 240;
const minuteMs = 60_000;
/** Events that are kept for the list of them. */
export const keptEvents = 500;

/** What happened within one bar of the graphs. */
interface Bar {
  /** When it began, a multiple of `barMs`. */
  readonly at: number;
  readonly logins: number;
  readonly revoked: number;
}

/** What beats beside the sessions themselves: events and their rates, users, and the server. */
export interface Pulse {
  /** The latest first. */
  readonly events: readonly WatchedEvent[];
  /** Oldest first. */
  readonly bars: readonly Bar[];
  /** Whether there are more events than were read: then rates are at least so high. */
  readonly passedOver: boolean;
  /** Whether events are told at all: not by every layout, and not to everybody. */
  readonly told: "unknown" | "yes" | "never" | Problem;
  readonly load: ServerLoad | undefined;
  /** How many there are: counted, or the mean of the estimates so far. */
  readonly users: { readonly mean: number; readonly samples: number; readonly exact: boolean } | undefined;
}

/** Before anything was heard. */
export const noPulse: Pulse = {
  events: [],
  bars: [],
  passedOver: false,
  told: "unknown",
  load: undefined,
  users: undefined,
};

/** The pulse after more events, oldest first, were read at an instant. */
export function withEvents(
  pulse: Pulse,
  events: readonly WatchedEvent[],
  { at, passedOver }: { readonly at: number; readonly passedOver: boolean },
): Pulse {
  const bars = new Map(pulse.bars.map((bar) => [bar.at, bar]));
  const barOf = (time: number) => Math.floor(time / barMs) * barMs;
  for (let begin = barOf(at); begin > at - minuteMs && !bars.has(begin); begin -= barMs) {
    bars.set(begin, { at: begin, logins: 0, revoked: 0 });
  }
  for (const event of events) {
    // Whoever wrote it may have another clock; what has just been told has just happened.
    const begin = barOf(Math.min(at, Math.max(event.at, at - minuteMs)));
    const bar = bars.get(begin) ?? { at: begin, logins: 0, revoked: 0 };
    bars.set(begin, {
      at: begin,
      logins: bar.logins + Number(isLogin(event)),
      revoked: bar.revoked + Number(event.type === "revoked"),
    });
  }
  return {
    ...pulse,
    told: "yes",
    passedOver,
    events: [...events.toReversed(), ...pulse.events].slice(0, keptEvents),
    bars: [...bars.values()].toSorted((a, b) => a.at - b.at).slice(-mostBars),
  };
}

/** How much happened in the last minute. */
export function perMinute(pulse: Pulse, what: "logins" | "revoked", now: number): number {
  return pulse.bars.filter(({ at }) => at > now - minuteMs - barMs).reduce((sum, bar) => sum + bar[what], 0);
}

/** The pulse after another estimate of how many users there are. Old ones fade. */
export function withUsers(pulse: Pulse, users: number): Pulse {
  const { mean, samples } = pulse.users?.exact === false ? pulse.users : { mean: 0, samples: 0 };
  const weight = 1 / Math.min(samples + 1, 20);
  return { ...pulse, users: { mean: mean + (users - mean) * weight, samples: samples + 1, exact: false } };
}

/** A session that begins to be somebody's: by a creation with a user, or by the rotation that a login is. */
function isLogin({ type, user }: WatchedEvent): boolean {
  return user !== undefined && (type === "created" || type === "rotated");
}
