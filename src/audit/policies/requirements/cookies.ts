import { storedCookie } from "../../needs.js";
import { type CookieLack, cookieLacks } from "../../rules/cookie-flags.js";
import { byMeasure } from "../by-measure.js";
import type { Requirement } from "../requirement.js";

const cookie = (id: string, level: 1 | 2, lack: CookieLack, name: string, asks: string): Requirement => ({
  id,
  asks,
  level,
  severity: "medium",
  measure: {
    of(session) {
      const stored = storedCookie(session);
      return stored === undefined ? undefined : Number(cookieLacks(stored).includes(lack));
    },
    most: () => 0,
  },
  judge: byMeasure({
    against: () => `have a cookie without ${name}`,
    fine: () =>
      `every stored cookie has ${name}${lack === "secure" ? "; its name, and so __Host-, is not stored" : ""}`,
    untold: "no session tells its cookie",
  }),
});

/** How the cookie that holds the token is set. */
export const cookies: readonly Requirement[] = [
  cookie("ASVS 3.3.1", 1, "secure", "Secure", "the cookie is sent encrypted only (Secure)"),
  cookie("ASVS 3.3.2", 2, "sameSite", "SameSite", "the cookie says which sites may send it (SameSite)"),
  cookie("ASVS 3.3.4", 2, "httpOnly", "HttpOnly", "scripts cannot read the cookie (HttpOnly)"),
];
