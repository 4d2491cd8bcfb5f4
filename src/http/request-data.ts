import { encodeData } from "../core/input.js";
import type { Json, Session } from "../core/session.js";

declare global {
  namespace Sessctl {
    /** What the application keeps in `session.data`; declare its fields by merging into this interface. */
    interface SessionData {
      [field: string]: Json | undefined;
    }
  }
}

/** The data of a request's session, free to be changed; `save` writes it. */
export type RequestData = Sessctl.SessionData;

/** A copy that may be changed. */
export function copyOf(data: Session["data"] | undefined): RequestData {
  return structuredClone(data ?? {}) as RequestData;
}

/** Data as it will come back from the store; `invalid-argument` for what JSON cannot hold. */
export function plain(data: RequestData): Session["data"] & RequestData {
  return JSON.parse(encodeData(data as Session["data"], Infinity)) as Session["data"] & RequestData;
}
