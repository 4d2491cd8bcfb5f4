import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  /** The browser before. */
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  /** Whether every request of the tool was turned away. */
  readonly refused: boolean;
};

/** A browser's session goes on in a program: somebody put a copied cookie into a tool. */
export const toolReplay = defineRule<never, Evidence>({
  id: "tool-replay",
  title: "a tool took over from a browser",
  fires: "a session that a browser began is used by a library, headless browser, scanner or other tool",
  misses:
    "A tool that sends a browser's user agent is seen as that browser. Apps that use their system's own library are no tools.",
  severity: "critical",
  needs: ["userAgent", "switches"],
  thresholds: {},
  mapsTo: ["ATT&CK T1550.004"],

  start: perSwitch((seen, { facts }) => {
    const [first] = seen.known;
    if (first?.agent === undefined || first.agent.automated === true) return undefined;
    const changes = seen.openSwitches.filter(({ after }) => after.agent?.automated === true);
    const [change] = changes;
    if (change === undefined) return undefined;
    seen.explain(changes);
    const before = seen.known.findLast(
      ({ agent, sighting }) => agent?.automated === false && sighting.at <= change.after.sighting.at,
    );
    return {
      ip: change.after.sighting.ip,
      firstSeenAt: change.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      evidence: () => ({
        before: clientEvidence((before ?? first).sighting, facts),
        after: clientEvidence(change.after.sighting, facts),
        refused: changes.every(({ after }) => seen.isRefused(after.sighting)),
      }),
    };
  }),

  explain: (finding) => {
    const { before, after, refused } = finding.evidence;
    return {
      summary:
        `The session began in ${inWords(before)} and is now presented by ${inWords(after)}: browsers do not turn into ` +
        `programs, so its token was copied. ${refused ? "The store turned the tool away; end the session all the same." : "End it."}`,
      next: showAndRevoke(finding, "tool-replay"),
    };
  },
});
