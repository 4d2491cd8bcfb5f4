import { grouped } from "../../core/grouped.js";
import type { SessionId } from "../../core/token.js";
import { encryptedReason } from "../../core/undecodable.js";
import { headOf } from "../../clients/head.js";
import { listAll, showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";
import type { UserSession } from "../user-sessions.js";

type Problem =
  | "corrupt"
  | "encrypted"
  | "created-in-future"
  | "seen-in-future"
  | "seen-before-created"
  | "kept-beyond-deadline"
  | "cloned";

type Evidence = {
  readonly problems: readonly Problem[];
  /** Why the record cannot be decoded; `null` when it can. */
  readonly corrupt: string | null;
  /** Where one finding stands for many: how many. */
  readonly count?: number;
};

const maxReason = 200;

/** Most encrypted sessions named: nothing is wrong with any of them. */
const named = 20;

const words: Readonly<Record<Problem, string>> = {
  corrupt: "it cannot be decoded",
  encrypted: "its application encrypts it",
  "created-in-future": "it was created in the future",
  "seen-in-future": "it was last seen in the future",
  "seen-before-created": "it was last seen before it was created",
  "kept-beyond-deadline": "it is kept long beyond its deadline",
  cloned: "another id has the same content",
};

/** A record that cannot be as the store would have written it. */
export const inconsistent = defineRule<"skewMs" | "keptMs", Evidence>({
  id: "inconsistent",
  title: "record makes no sense",
  fires: "a record cannot be decoded, its times cannot be true, or another id has the same content",
  misses:
    "Clones are looked for among a user's sessions: created in the same millisecond by the same clients, and of the same size. What a layout does not tell is not compared.",
  severity: "low",
  otherwise: {
    high: "when two ids have the same content: somebody copied the record",
    info: "of records that their application encrypts, one finding for all: nothing in them can be judged",
  },
  needs: [],
  thresholds: {
    skewMs: { default: 5 * 60_000, unit: "ms", means: "how far clocks of applications may be apart" },
    keptMs: { default: 400 * 86_400_000, unit: "ms", means: "how far beyond its deadline a record may be kept" },
  },
  mapsTo: ["CWE-294"],

  start: (context) => {
    const { report } = context;
    const alone = perSession<"skewMs" | "keptMs", Evidence>(({ session }, { now, capabilities, thresholds }) => {
      const { corrupt, createdAt, lastSeenAt, idleEndsAt, endsAt } = session;
      const { skewMs, keptMs } = thresholds;
      const problems: Problem[] = [];
      if (corrupt !== undefined) problems.push("corrupt");
      if (createdAt !== undefined && createdAt > now + skewMs) problems.push("created-in-future");
      if (lastSeenAt !== undefined && lastSeenAt > now + skewMs) problems.push("seen-in-future");
      // A last activity worked out from the TTL is wrong as soon as somebody shortens the TTL.
      const exact = capabilities.lastSeen === "exact";
      if (exact && createdAt !== undefined && lastSeenAt !== undefined && lastSeenAt < createdAt - skewMs) {
        problems.push("seen-before-created");
      }
      if (idleEndsAt !== undefined && endsAt !== undefined && Number.isFinite(endsAt) && idleEndsAt > endsAt + keptMs) {
        problems.push("kept-beyond-deadline");
      }
      if (problems.length === 0) return undefined;
      return {
        ip: session.sightings.at(-1)?.ip,
        evidence: () => ({ problems, corrupt: corrupt === undefined ? null : headOf(corrupt, maxReason) }),
      };
    })(context);
    let encrypted = 0;
    // The least of them, so that the order of the walk makes no difference.
    let samples: SessionId[] = [];
    return {
      see(seen) {
        const { id, corrupt } = seen.session;
        if (corrupt !== encryptedReason) return alone.see?.(seen);
        encrypted++;
        samples.push(id);
        if (samples.length > 50 * named) samples = samples.toSorted().slice(0, named);
      },
      end() {
        if (encrypted === 0) return;
        report({
          subject: "encrypted",
          severity: "info",
          sessions: samples.toSorted().slice(0, named),
          evidence: () => ({ problems: ["encrypted"], corrupt: encryptedReason, count: encrypted }),
        });
      },
      seeUser({ user, count, sessions }) {
        if (count < 2) return;
        for (const clones of sameContent(sessions())) {
          report({
            subject: clones.map(({ id }) => id).join(" "),
            severity: "high",
            sessions: clones.map(({ id }) => id),
            user,
            ip: clones[0]?.ip,
            firstSeenAt: clones[0]?.createdAt,
            lastSeenAt:
              clones.map(({ lastSeenAt }) => lastSeenAt ?? 0).reduce((a, b) => Math.max(a, b), 0) || undefined,
            evidence: () => ({ problems: ["cloned"], corrupt: null }),
          });
        }
      },
    };
  },

  explain: (finding) => {
    const { problems, corrupt, count = 1 } = finding.evidence;
    if (problems.includes("encrypted")) {
      return {
        summary:
          `The application encrypts ${count === 1 ? "this session" : `these ${grouped(count)} sessions`}, so no rule can ` +
          "judge who uses them: of an encrypted session only the time until its end is known.",
        next: listAll(),
      };
    }
    if (problems.includes("corrupt")) {
      return {
        summary:
          `The record cannot be decoded (${corrupt ?? "?"}), so nothing else about the session can be judged. ` +
          "Another program may be writing under its keys, or the application stores its sessions otherwise.",
        next: showAndRevoke(finding, "corrupt"),
      };
    }
    return {
      summary:
        `The stored session is not as the store writes it: ${problems.map((problem) => words[problem]).join(", ")}. ` +
        (problems.includes("cloned")
          ? "Somebody who can write to this Redis copied it to an id of their own. End them all, and look at who can."
          : "Another program may be writing under its keys, or a clock is wrong."),
      next: showAndRevoke(finding, problems.includes("cloned") ? "cloned" : "inconsistent"),
    };
  },
});

/** The sessions that have their content in common with others, each lot once, by id. */
function sameContent(sessions: readonly UserSession[]): readonly (readonly UserSession[])[] {
  const lots = new Map<string, UserSession[]>();
  for (const session of sessions) {
    const { createdAt, bytes, agent, ip, visits, hasData } = session;
    if (createdAt === undefined || bytes === undefined) continue;
    // Two that a program began at once are alike, as long as nothing has happened to them.
    if (visits.length < 2 && !hasData) continue;
    const times = visits.map(({ at }) => at);
    const key = [createdAt, bytes, agent, ip ?? "", ...times].join(" ");
    const lot = lots.get(key);
    if (lot === undefined) lots.set(key, [session]);
    else lot.push(session);
  }
  return [...lots.values()]
    .filter(({ length }) => length > 1)
    .map((lot) => lot.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}
