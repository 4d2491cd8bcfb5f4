import { listAll } from "../next-commands.js";
import { storedCookie } from "../needs.js";
import { defineRule } from "../rule.js";

/** An attribute that a cookie can lack. */
export type CookieLack = "secure" | "httpOnly" | "sameSite";

type Evidence = {
  readonly lacks: readonly CookieLack[];
  /** How many sessions have such a cookie, of those that have one. */
  readonly sessions: number;
  readonly of: number;
};

const meanings: Readonly<Record<CookieLack, string>> = {
  secure: "without Secure it is sent in the clear over http",
  httpOnly: "without HttpOnly any script on the page reads it",
  sameSite: "without SameSite other sites' forms are sent with it",
};

/** Most sessions named: it is the application's setting that is wrong, and not each of them. */
const named = 20;

/** The application's session cookie, as stored, lets itself be read or sent where it should not be. */
export const cookieFlags = defineRule<never, Evidence>({
  id: "cookie-flags",
  title: "session cookie lacks protection",
  fires: "a stored cookie lacks Secure, HttpOnly or SameSite",
  misses:
    "Only layouts that keep the cookie in the session tell, such as express-session's. A proxy may add what is missing. One finding stands for all sessions.",
  severity: "medium",
  needs: ["cookie"],
  comparesWithAll: true,
  thresholds: {},
  mapsTo: ["ASVS 3.3.1", "ASVS 3.3.2", "ASVS 3.3.4", "CWE-614", "CWE-1004", "CWE-1275"],

  start: ({ report }) => {
    const counts = new Map<CookieLack, number>();
    let samples: string[] = [];
    let cookies = 0;
    let lacking = 0;
    return {
      see({ session }) {
        const cookie = storedCookie(session);
        if (cookie === undefined) return;
        cookies++;
        const lacks = cookieLacks(cookie);
        if (lacks.length === 0) return;
        lacking++;
        for (const lack of lacks) counts.set(lack, (counts.get(lack) ?? 0) + 1);
        samples.push(session.id);
        if (samples.length > 50 * named) samples = samples.toSorted().slice(0, named);
      },
      end() {
        if (lacking === 0) return;
        report({
          subject: "cookie",
          sessions: samples.toSorted().slice(0, named),
          evidence: () => ({
            lacks: (["secure", "httpOnly", "sameSite"] as const).filter((lack) => counts.has(lack)),
            sessions: lacking,
            of: cookies,
          }),
        });
      },
    };
  },

  explain: (finding) => {
    const { lacks, sessions, of } = finding.evidence;
    return {
      summary:
        `The cookies of ${sessions} of ${of} sessions lack protection: ${lacks.map((lack) => meanings[lack]).join("; ")}. ` +
        "It is a setting of the application's session middleware.",
      next: listAll(),
    };
  },
});

/** What a stored cookie lacks. */
export function cookieLacks(cookie: Readonly<Record<string, unknown>>): readonly CookieLack[] {
  const sameSite = cookie["sameSite"];
  const hasSameSite = sameSite === true || (typeof sameSite === "string" && /^(?:lax|strict)$/i.test(sameSite));
  return [
    ...(cookie["secure"] === true || cookie["secure"] === "auto" ? [] : (["secure"] as const)),
    // express-session's default is true, and it writes it down.
    ...(cookie["httpOnly"] === true ? [] : (["httpOnly"] as const)),
    ...(hasSameSite ? [] : (["sameSite"] as const)),
  ];
}
