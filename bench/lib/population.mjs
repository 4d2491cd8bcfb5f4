// What both sides of a bench store: the same content, as their applications would keep it.

/** Who presents the token. */
export const client = {
  ip: "203.0.113.7",
  userAgent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36",
};

const data = { cart: ["book", "lamp"], locale: "en-GB" };
const idleMs = 1_800_000;

/** What sessctl's store is asked to create. */
export function ourSession(user) {
  return { user, level: "aal1", client, data };
}

/** The same as an application on express-session would keep it. */
export function theirSession(user) {
  const now = Date.now();
  return {
    cookie: { originalMaxAge: idleMs, expires: new Date(now + idleMs).toISOString(), httpOnly: true, path: "/" },
    user,
    level: "aal1",
    createdAt: now,
    authenticatedAt: now,
    ...client,
    data,
  };
}

/** A session id of express-session's length. */
export function theirId(n) {
  return String(n).padStart(32, "s");
}
