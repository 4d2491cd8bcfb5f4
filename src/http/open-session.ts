import type { Accepted, Refusal } from "../core/ports.js";
import type { PresentedCookie } from "./cookie.js";
import { storeFailure } from "./failure.js";
import { type RequestContext, RequestSession } from "./session.js";

/** Opens the session of a request: validates its token, and takes a cookie away that opens nothing. */
export async function openSession(
  context: RequestContext,
  { presented, token, outdated }: PresentedCookie,
): Promise<RequestSession> {
  const { store, cookie, client } = context;
  if (token === undefined) {
    if (presented) cookie.remove();
    return new RequestSession(context, undefined, presented ? "unknown" : undefined);
  }
  const check: Accepted | Refusal = await store.validate(token, client).catch((error: unknown) => {
    throw storeFailure(error);
  });
  if (check.ok) {
    if (outdated) cookie.set(token, check.session);
    return new RequestSession(context, { token, session: check.session }, undefined);
  }
  // The cookie with the new token may be on its way: taking it away now would log the user out.
  if (check.reason !== "rotated") cookie.remove();
  return new RequestSession(context, undefined, check.reason);
}
