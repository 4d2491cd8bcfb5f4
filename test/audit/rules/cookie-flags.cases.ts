import { idOf, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const withCookie = (n: number, cookie: { readonly [name: string]: string | boolean | number }) =>
  session({ id: idOf(n), cookie: { path: "/", originalMaxAge: 1000, ...cookie } });
const safe = { secure: true, httpOnly: true, sameSite: "lax" };

export const cookieFlagsCases: RuleCases = {
  rule: "cookie-flags",
  fires: [
    {
      when: "the cookie has none of them",
      sessions: [withCookie(1, {}), withCookie(2, {}), withCookie(3, safe)],
      severity: "medium",
      finding: {
        sessions: [idOf(1), idOf(2)].toSorted(),
        evidence: { lacks: ["secure", "httpOnly", "sameSite"], sessions: 2, of: 3 },
      },
    },
    {
      when: "it lacks Secure",
      sessions: [withCookie(1, { ...safe, secure: false })],
      severity: "medium",
      finding: { evidence: { lacks: ["secure"] } },
    },
    {
      when: "SameSite is none",
      sessions: [withCookie(1, { ...safe, sameSite: "none" })],
      severity: "medium",
      finding: { evidence: { lacks: ["sameSite"] } },
    },
  ],
  quiet: [
    { when: "the cookie has all of them", sessions: [withCookie(1, safe)] },
    { when: "no cookie is stored", sessions: [session()] },
    { when: "the application keeps something else by that name", sessions: [session({ data: { cookie: "oat" } })] },
  ],
};
