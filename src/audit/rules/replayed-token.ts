import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { isSameNetwork } from "../facts.js";
import { eventsOfType, listAndRevokeUser } from "../next-commands.js";
import { formatDuration } from "../../core/duration.js";
import { defineRule } from "../rule.js";
import type { SessionEvent } from "../../core/event.js";
import type { Sighting } from "../../core/session.js";
import type { SessionId } from "../../core/token.js";

type Evidence = {
  /** Who presented the token, first. */
  readonly client: ClientEvidence;
  /** Why its session was gone: `logout`, `rotated`, `revoked`, or what an operator wrote. */
  readonly reason: string | null;
  /** How long after the end it came first; `null` when the end is not among the events kept. */
  readonly afterMs: number | null;
  readonly times: number;
  /** Whether the client is one that used the session before, by network and kind; `null` when those are not known. */
  readonly sameClient: boolean | null;
};

interface Replay {
  readonly first: SessionEvent;
  readonly clients: SessionEvent[];
  lastAt: number;
  times: number;
}

/** Most dead sessions remembered; events are bounded, but by the store. */
const most = 1 << 17;

/** The token of a session that is gone was presented again: somebody kept it, or a slow request was on its way. */
export const replayedToken = defineRule<"settleMs", Evidence>({
  id: "replayed-token",
  title: "token of a dead session presented",
  fires: "a token that was rotated, revoked or logged out is presented again",
  misses:
    "Told from the events, of which a store keeps so many. A browser whose session an operator ended comes back with its token once: that is low.",
  severity: "high",
  otherwise: {
    low: "within 30 s of the end, as a parallel request does, or from the client and network that the session was used by",
  },
  needs: ["events"],
  thresholds: {
    settleMs: { default: 30_000, unit: "ms", means: "so soon after the end it is a request that was on its way" },
  },
  mapsTo: ["ATT&CK T1550.004", "CWE-384"],

  start: ({ facts, thresholds: { settleMs }, report }) => {
    const endedAt = new Map<SessionId, number>();
    const usedBy = new Map<SessionId, Sighting[]>();
    const userOf = new Map<SessionId, string>();
    const replays = new Map<SessionId, Replay>();
    const note = (id: SessionId, { at, ip, userAgent }: SessionEvent) => {
      if (ip === undefined && userAgent === undefined) return;
      const own = usedBy.get(id);
      if (own !== undefined) own.push({ at, ip, userAgent });
      else if (usedBy.size < most) usedBy.set(id, [{ at, ip, userAgent }]);
    };
    return {
      hear(event) {
        const { type, id, at, user, previousId } = event;
        if (user !== undefined && userOf.size < most) userOf.set(id, user);
        if (type === "created" || type === "switched") note(id, event);
        if (type === "rotated") {
          note(id, event);
          if (previousId !== undefined) {
            // Whoever rotated it is its owner; who began it may have planted it.
            if (event.ip !== undefined || event.userAgent !== undefined) usedBy.delete(previousId);
            note(previousId, event);
            if (endedAt.size < most) endedAt.set(previousId, at);
          }
        }
        if ((type === "destroyed" || type === "revoked") && endedAt.size < most) endedAt.set(id, at);
        if (type !== "replayed") return;
        const replay = replays.get(id);
        if (replay === undefined) replays.set(id, { first: event, clients: [event], lastAt: at, times: 1 });
        else {
          replay.lastAt = at;
          replay.times++;
          if (replay.clients.length < 16) replay.clients.push(event);
        }
      },
      end() {
        for (const [id, { first, clients, lastAt, times }] of replays) {
          const ended = endedAt.get(id);
          const owners = usedBy.get(id);
          const likenessOf = (event: SessionEvent) =>
            owners === undefined ? undefined : Math.max(...owners.map((owner) => likeness(owner, event)));
          const stranger = clients.toSorted((x, y) => (likenessOf(x) ?? 0) - (likenessOf(y) ?? 0))[0] ?? first;
          const afterMs = ended === undefined ? undefined : stranger.at - ended;
          const alike = likenessOf(stranger);
          const sameClient = alike === undefined ? undefined : alike === 2;
          // On its way may be what another network was left for, but no other browser's request.
          const isOnItsWay = afterMs !== undefined && afterMs <= settleMs && alike !== 0;
          report({
            subject: id,
            severity: isOnItsWay || sameClient === true ? "low" : "high",
            sessions: [id],
            user: first.user ?? userOf.get(id),
            ip: stranger.ip,
            firstSeenAt: first.at,
            lastSeenAt: lastAt,
            evidence: () => ({
              client: clientEvidence(stranger, facts),
              reason: first.reason ?? null,
              afterMs: afterMs ?? null,
              times,
              sameClient: sameClient ?? null,
            }),
          });
        }
      },
    };

    /** 0 for another client, 1 for the same kind in another network, 2 for the same. */
    function likeness(a: Sighting, b: Sighting): 0 | 1 | 2 {
      const [one, other] = [facts.know(a), facts.know(b)];
      if (one === undefined || other === undefined || one.client !== other.client) return 0;
      const isThere = one.where === undefined || other.where === undefined || isSameNetwork(one.where, other.where);
      return isThere ? 2 : 1;
    }
  },

  explain: (finding) => {
    const { client, reason, afterMs, times, sameClient } = finding.evidence;
    const late = afterMs === null ? "" : `, ${formatDuration(afterMs)} after its end`;
    const meaning =
      finding.severity === "low"
        ? sameClient === true
          ? "It is the client that used the session, which did not know yet."
          : "So soon it is a request that was on its way."
        : "Somebody kept the token: look at the user's other sessions, which the same thief may hold.";
    return {
      summary:
        `The token of a session that is gone (${reason ?? "no reason kept"}) was presented ${times === 1 ? "once" : `${times} times`} ` +
        `by ${inWords(client)}${late}. ${meaning}`,
      // The session itself is gone, and there is nothing of it to show.
      next: finding.user === null ? eventsOfType(finding, "replayed") : listAndRevokeUser(finding, "replayed-token"),
    };
  },
});
