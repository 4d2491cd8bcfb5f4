import type { SessionData } from "../core/session.js";
import { commonGuesses } from "./common-guesses.js";
import { dataOf, without } from "./data-of.js";
import { isJsonObject, readJson } from "./formats/json.js";
import { readMsgpack } from "./formats/msgpack.js";
import { readPickle } from "./formats/pickle.js";
import { UndecodableError } from "./formats/plain.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

/** Where Flask itself keeps whether a session outlives the browser; Flask-Session sets it in every session. */
const permanent = "_permanent";

const jsonStart = 0x7b;
const pickleStart = 0x80;

/**
 * Flask-Session's: `session:<43 base64url>`, before 0.6 a UUID. MessagePack, JSON where the application chose it, and a
 * pickle before 0.7. Its TTL is PERMANENT_SESSION_LIFETIME, 31 days unless set.
 */
export const flaskSession: Layout = {
  name: "flask-session",
  title: "Flask-Session",
  type: "string",
  keys: {
    prefix: "session:",
    glob: "*",
    usualRest: /([\w-]{43}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  },
  capabilities: walkedCapabilities,
  notes: [
    "Where the user is, and the client, is the application's choice: --map says it. Flask-Login's _user_id is known.",
    "Last activity follows from the TTL once PERMANENT_SESSION_LIFETIME is known: --idle says it.",
    "A request that began before a revocation saves its session when it ends, and so brings it back.",
    "A pickle is read only as far as it is plain values; one that would run anything is told as undecodable.",
  ],
  guesses: {
    ...commonGuesses,
    user: ["_user_id", "user_id", ...(commonGuesses.user ?? [])],
    ua: [...(commonGuesses.ua ?? []), "user_agent"],
  },
  decode({ bytes }) {
    return { data: without(contentOf(bytes), permanent) };
  },
  recognises: ({ bytes }) => permanent in contentOf(bytes),
};

function contentOf(bytes: Buffer): SessionData {
  // A pickle begins like an empty map of MessagePack's, which nothing may follow.
  if (bytes[0] === pickleStart && bytes.length > 1) return dataOf(readPickle(bytes));
  if (bytes[0] !== jsonStart) return dataOf(readMsgpack(bytes));
  const json = readJson(bytes);
  if (!isJsonObject(json)) throw new UndecodableError("JSON that is no session");
  return json;
}
