import type { SessionData } from "../core/session.js";
import { commonGuesses } from "./common-guesses.js";
import { dataOf, without } from "./data-of.js";
import { inflated } from "./formats/inflate.js";
import { isJsonObject, readJson } from "./formats/json.js";
import { readPickle } from "./formats/pickle.js";
import { UndecodableError } from "./formats/plain.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

const sessionKey = /django\.contrib\.sessions\.cache[a-z0-9]{32}$/;

/**
 * Django's sessions in a cache that is Redis: `<prefix>:<version>:django.contrib.sessions.cache<32 letters and digits>`,
 * a pickled dictionary; django-redis can compress it or write JSON. The name is Django's own, so the prefix is what an
 * application's KEY_PREFIX and VERSION make of it.
 *
 * Sessions of `cached_db` have a name of their own and are left out: they are in the database too, and would come back.
 */
export const django: Layout = {
  name: "django",
  title: "Django sessions in a cache (django-redis, Django's RedisCache)",
  type: "string",
  keys: {
    prefix: ":1:",
    glob: "django.contrib.sessions.cache*",
    isSession: (rest) => new RegExp(`^${sessionKey.source}`).test(rest),
    usualRest: sessionKey,
  },
  capabilities: { ...walkedCapabilities, lastSeen: "none", expire: "lasting" },
  notes: [
    "The user is the primary key that Django's authentication keeps, not a name.",
    "A request does not prolong a session unless it changes it, or SESSION_SAVE_EVERY_REQUEST is on: the TTL tells when it was last saved. An expiry lasts until then.",
    "The client is told only where the application puts it into the session.",
    "Sessions of the cached_db engine are in the database too: end them there.",
    "A request that began before a revocation cannot bring the session back.",
    "A pickle is read only as far as it is plain values; one that would run anything is told as undecodable.",
  ],
  guesses: { ip: commonGuesses.ip ?? [], ua: [...(commonGuesses.ua ?? []), "user_agent"] },
  decode({ bytes }) {
    const data = contentOf(bytes);
    const user = data["_auth_user_id"];
    // The hash is made from the password's: of no use to anyone who looks.
    return { data: without(data, "_auth_user_hash"), user: typeof user === "string" && user !== "" ? user : undefined };
  },
};

function contentOf(bytes: Buffer): SessionData {
  const plain = inflated(bytes);
  if (plain[0] !== 0x7b) return dataOf(readPickle(plain));
  const json = readJson(plain);
  if (!isJsonObject(json)) throw new UndecodableError("JSON that is no session");
  return json;
}
