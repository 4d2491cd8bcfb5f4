import type { Client, SessionData } from "../core/session.js";

/** What happens to a session at one moment. */
export interface Step {
  /** How long ago, in ms. */
  readonly ago: number;
  readonly client: Client;
  /**
   * `step-up`: the user proves more, and the session gets a new id, level `aal2` and an idle window of 30 minutes.
   * `log-out`: it ends; a request after that presents a dead token.
   */
  readonly action: "request" | "step-up" | "log-out";
}

/**
 * How a session is not its user's:
 *
 * - `stranger`, `tool`: a copied token is used at a browser elsewhere, or by a program
 * - `twin`: owner and thief take turns within minutes
 * - `stuffing`: one of many logins with stolen passwords from one address
 * - `robot`: a program logged in
 * - `replay`: the token came back after the logout
 * - `clone`: a copied token in the owner's network with the owner's user agent, which nothing tells from the owner
 */
export type Takeover = "stranger" | "tool" | "twin" | "stuffing" | "robot" | "replay" | "clone";

/** What an application is to do so that a session is as it would be after its life so far. */
export interface SessionPlan {
  readonly user: string | undefined;
  readonly level: string | undefined;
  readonly idleMs: number;
  readonly absoluteMs: number;
  readonly data: SessionData;
  /** How long ago it was created, in ms, and by whom. */
  readonly createdAgo: number;
  readonly client: Client;
  /** What happened since, oldest first. */
  readonly steps: readonly Step[];
  /** Set when the session was planted as stolen: from here, not from any rule, it is known. */
  readonly takeover: Takeover | undefined;
}

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
