import { grouped } from "../../core/grouped.js";
import {
  met,
  notObservable,
  type Observed,
  type Requirement,
  type Tally,
  violated,
  type Verdict,
} from "./requirement.js";

/** What to say of a measure's tally. */
interface Words {
  /** Of a violation, after "12 of 20 sessions": `lack Secure`. */
  readonly against: (tally: Tally, observed: Observed) => string;
  readonly fine: (tally: Tally, observed: Observed) => string;
  /** Why no session told. */
  readonly untold: string;
  /** What was seen, beside how many sessions are against it and how many told. */
  readonly evidence?: (tally: Tally, observed: Observed) => Verdict["evidence"];
}

/** Judges by what sessions were measured: one above the limit violates it, and where none tells it stays open. */
export function byMeasure({ against, fine, untold, evidence = () => ({}) }: Words): Requirement["judge"] {
  return (observed) => {
    const { tally, sessions } = observed;
    const { told } = tally;
    if (tally.against > 0) {
      return violated(
        `${share(tally.against, told)} ${against(tally, observed)}`,
        { sessions: tally.against, of: told, ...evidence(tally, observed) },
        { sessions: tally.sessions, count: tally.against },
      );
    }
    if (sessions === 0) return notObservable("there are no sessions");
    if (told === 0) return notObservable(untold);
    return met(fine(tally, observed), { sessions: told, ...evidence(tally, observed) });
  };
}

function share(count: number, told: number): string {
  if (count < told) return `${grouped(count)} of ${grouped(told)} sessions`;
  return told === 1 ? "the session" : `all ${grouped(told)} sessions`;
}
