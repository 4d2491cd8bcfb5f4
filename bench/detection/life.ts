import type { Client } from "../../src/core/session.js";

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** How long the simulated time is: everything happens in the last week before the audit. */
export const spanMs = 7 * dayMs;

/**
 * Something done with a session's token, so many ms after the simulated time began.
 *
 * `visit` begins a session without a user, `sign-in` one with; `login` turns a visit into a user's session, which gives it
 * a new token; `present-old` presents the token before the last change of it, or the last one after a `logout`.
 */
export interface Act {
  readonly at: number;
  readonly does: "visit" | "sign-in" | "login" | "request" | "logout" | "present-old";
  readonly client: Client;
}

/** What an honest user's session went through that could look like theft. */
export type Churn = (typeof churns)[number];

export const churns = [
  "none",
  "browser update",
  "wi-fi and mobile",
  "carrier nat",
  "daily renumbering",
  "ipv4 and ipv6",
  "ipv6 privacy address",
  "vpn on and off",
  "ipv6 past a vpn",
  "private relay",
  "travel",
  "desktop site",
  "player or app",
  "office egress",
  "new device",
  "shared kiosk",
  "several at once",
] as const;

/** How a session was attacked. */
export type Attack = (typeof attacks)[number];

export const attacks = [
  "naive",
  "vpn in the victim's country",
  "same provider and browser family",
  "tool replay",
  "infostealer from hosting",
  "fixation",
  "stuffing",
  "replay after logout",
  "perfect clone",
] as const;

/** The one attack of which nothing can be seen in sessions. */
export const unobservable: Attack = "perfect clone";

/** One session from beginning to end, with the truth about it: set when it is planned, never by a rule. */
export interface Life {
  readonly user: string;
  readonly acts: readonly Act[];
  readonly churn: Churn;
  /** The attack on it, and which of the attacks of its kind: sessions of one stuffing campaign share the number. */
  readonly attack: { readonly kind: Attack; readonly number: number } | undefined;
}
