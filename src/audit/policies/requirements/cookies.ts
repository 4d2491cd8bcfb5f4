import { byRules, type Requirement } from "../requirement.js";

const cookie = (id: string, lack: string, asks: string): Requirement => ({
  id,
  asks,
  severity: "medium",
  rules: ["cookie-flags"],
  judge: byRules(["cookie-flags"], ({ evidence: { lacks } }) => Array.isArray(lacks) && lacks.includes(lack)),
});

/** How the cookie that holds the token is set. */
export const cookies: readonly Requirement[] = [
  cookie("ASVS 3.3.1", "secure", "the cookie is sent encrypted only (Secure)"),
  cookie("ASVS 3.3.2", "sameSite", "the cookie says which sites may send it (SameSite)"),
  cookie("ASVS 3.3.4", "httpOnly", "scripts cannot read the cookie (HttpOnly)"),
];
