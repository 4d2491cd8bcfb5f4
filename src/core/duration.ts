import { SessctlError } from "./errors.js";

/** The units of a duration, largest first, in ms. */
const units: readonly (readonly [name: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
];

/** Longest duration accepted: a hundred years of 365 days. */
const longestMs = 100 * 365 * 86_400_000;

const durationForm = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/i;

/** A duration such as `90s`, `30m`, `12h`, `7d` or `1h30m` in ms; anything else is an `invalid-argument`. */
export function parseDuration(text: string): number {
  const match = text === "" ? null : durationForm.exec(text.trim());
  const ms = match && units.reduce((sum, [, unit], n) => sum + Number(match[n + 1] ?? 0) * unit, 0);
  if (match === null || match[0] === "" || ms === null) {
    throw new SessctlError("invalid-argument", `${JSON.stringify(text)} is not a duration`, { hint: durationHint });
  }
  if (ms > longestMs) {
    throw new SessctlError("invalid-argument", `the duration ${JSON.stringify(text)} is longer than 100 years`, {
      hint: durationHint,
    });
  }
  return ms;
}

const durationHint = "Write it as 90s, 30m, 12h, 7d or 1h30m.";

/**
 * A duration in its largest units, rounded down: `2h`, `35d`, with two `parts` `1h30m`. Under a second and negative it is
 * `0s`; `Infinity` is `never`, as of an end that does not come.
 */
export function formatDuration(ms: number, parts = 1): string {
  if (ms === Infinity) return "never";
  let rest = Math.max(0, ms);
  const first = units.findIndex(([name, unit]) => rest >= unit || name === "s");
  let text = "";
  for (const [name, unit] of units.slice(first, first + parts)) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0 || text === "") text += `${count}${name}`;
  }
  return text;
}

const isoForm = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * An instant in ms since 1970 from ISO 8601 (`2026-03-01`, `2026-03-01T14:00`, `2026-03-01T14:00:00Z`) or relative to `now`
 * (`2h ago`, `in 30m`, `now`). Without an offset it is local time. Anything else is an `invalid-argument`.
 */
export function parseTime(text: string, now: number): number {
  const trimmed = text.trim();
  if (/^now$/i.test(trimmed)) return now;
  const relative = /^(?:in\s+(\w+)|(\w+)\s+ago)$/i.exec(trimmed);
  if (relative?.[1] !== undefined) return now + parseDuration(relative[1]);
  if (relative?.[2] !== undefined) return now - parseDuration(relative[2]);
  const at = parseIso(trimmed);
  if (at === undefined) {
    throw new SessctlError("invalid-argument", `${JSON.stringify(text)} is not a time`, {
      hint: "Write it as 2026-03-01T14:00:00Z, 2026-03-01, `2h ago` or `in 30m`.",
    });
  }
  return at;
}

function parseIso(text: string): number | undefined {
  const match = isoForm.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const daysInMonth = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
  // Date.parse takes February 30 for March 2.
  if (day === undefined || day < 1 || day > daysInMonth || (month ?? 0) > 12 || (month ?? 0) < 1) return undefined;
  const time = [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
  const fraction = `.${(match[7] ?? "0").slice(0, 3).padEnd(3, "0")}`;
  const zone = (match[8] ?? "").toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const at = Date.parse(`${text.slice(0, 10)}T${time}${fraction}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}
