import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { habitsOf } from "../habits.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = { readonly client: ClientEvidence };

/** A logged-in session that no browser began. */
export const automationClient = defineRule<never, Evidence>({
  id: "automation-client",
  title: "logged in by a tool",
  fires: "a user's session was begun by a library, headless browser, scanner or other tool",
  misses:
    "A tool with a browser's user agent is seen as that browser; apps that use their system's own library are no tools.",
  severity: "medium",
  otherwise: {
    low: "when all of the user's sessions, enough to learn from, were begun by one such tool: an account for a program",
  },
  needs: ["userAgent", "user"],
  thresholds: {},
  mapsTo: ["ATT&CK T1078"],

  start: perSession((seen, { facts, learning }) => {
    const [first] = seen.known;
    if (seen.session.user === undefined || first?.agent?.automated !== true) return undefined;
    return {
      ip: first.sighting.ip,
      softened: (user) => (user.count >= learning && habitsOf(user).clients === 1 ? "low" : undefined),
      evidence: () => ({ client: clientEvidence(first.sighting, facts) }),
    };
  }),

  explain: (finding) => ({
    summary:
      `The session was begun by ${inWords(finding.evidence.client)}, which is a program: ` +
      "a script with a user's password, or an account that should have a key of its own kind.",
    next: showAndRevoke(finding, "automation-client"),
  }),
});
