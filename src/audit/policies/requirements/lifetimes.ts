import { formatDuration } from "../../../core/duration.js";
import { byMeasure } from "../by-measure.js";
import type { Measure, Requirement, Tally, Verdict } from "../requirement.js";

/** TTLs are whole seconds, and koa-session adds ten of them. */
const slackMs = 15_000;

/** How long a session may go without a request: its idle window where that is told, else what is left of it. */
const inactivity: Measure = {
  of({ lastSeenAt, idleEndsAt = Infinity, endsAt = Infinity, ...told }, { now, policy: { idleMs = Infinity } }) {
    if (told.corrupt !== undefined && idleEndsAt === Infinity) return undefined;
    if (lastSeenAt !== undefined) {
      const windowMs = idleEndsAt - lastSeenAt;
      const lifeMs = endsAt - (told.authenticatedAt ?? told.createdAt ?? lastSeenAt);
      return Math.max(Math.min(windowMs, lifeMs), now - lastSeenAt);
    }
    const leftMs = Math.min(idleEndsAt, endsAt) - now;
    // What is left is the least that the window can be.
    return leftMs > idleMs || idleMs === Infinity ? leftMs : undefined;
  },
  most: ({ idleMs }) => limitOf(idleMs),
};

/** How long a session may live after its login: until its deadline where that is told, else how long it has lived. */
const overall: Measure = {
  of({ corrupt, authenticatedAt, createdAt, idleEndsAt, endsAt }, { now, policy: { absoluteMs = Infinity } }) {
    if (corrupt !== undefined) return undefined;
    const began = authenticatedAt ?? createdAt;
    // Nothing will ever end it.
    if (idleEndsAt === Infinity && (endsAt ?? Infinity) === Infinity) return Infinity;
    if (began !== undefined && endsAt !== undefined) return Math.max(endsAt, now) - began;
    const least = Math.max(endsAt === undefined ? 0 : endsAt - now, began === undefined ? 0 : now - began);
    return least > absoluteMs ? least : undefined;
  },
  most: ({ absoluteMs }) => limitOf(absoluteMs),
};

function limitOf(limitMs: number | undefined): number {
  return limitMs === undefined ? Number.MAX_VALUE : limitMs + slackMs;
}

const seen = ({ greatest }: Tally, limitMs: number | undefined): Verdict["evidence"] => ({
  longestMs: Number.isFinite(greatest) ? greatest : null,
  limitMs: limitMs ?? null,
});

const forSoLong = (ms: number) => (Number.isFinite(ms) ? `for up to ${formatDuration(ms)}` : "for ever");
const allowed = (limitMs: number | undefined) =>
  limitMs === undefined ? "some end is asked for" : `${formatDuration(limitMs)} is allowed`;

const idle: Pick<Requirement, "severity" | "measure" | "judge"> = {
  severity: "medium",
  measure: inactivity,
  judge: byMeasure({
    against: ({ greatest }, { policy: { idleMs } }) =>
      `may go unused ${forSoLong(greatest)} and still open; ${allowed(idleMs)}`,
    fine: ({ greatest }) => `sessions may go unused ${forSoLong(greatest)}`,
    untold: "no session tells how long it may go unused",
    evidence: (tally, { policy: { idleMs } }) => seen(tally, idleMs),
  }),
};

const absolute: Pick<Requirement, "severity" | "measure" | "judge"> = {
  severity: "medium",
  measure: overall,
  judge: byMeasure({
    against: ({ greatest }, { policy: { absoluteMs } }) =>
      `may live ${forSoLong(greatest)} on one login; ${allowed(absoluteMs)}`,
    fine: ({ greatest }) => `sessions may live ${forSoLong(greatest)} on one login`,
    untold: "no session tells when it ends whatever happens in it",
    evidence: (tally, { policy: { absoluteMs } }) => seen(tally, absoluteMs),
  }),
};

/** How long sessions may be. */
export const lifetimes: readonly Requirement[] = [
  { id: "ASVS 7.3.1", asks: "a session ends after a time without a request", level: 2, ...idle },
  { id: "ASVS 7.3.2", asks: "a session ends after a time, whatever happens in it", level: 2, ...absolute },
  { id: "NIST overall", asks: "a login is repeated within the overall limit of SP 800-63B-4", ...absolute },
  { id: "NIST inactivity", asks: "a login is repeated after the inactivity limit of SP 800-63B-4", ...idle },
];
