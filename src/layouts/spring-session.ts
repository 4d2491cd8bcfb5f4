import type { SessionData } from "../core/session.js";
import { marked, type Plain, setField, type PlainObject, UndecodableError } from "./formats/plain.js";
import { commonGuesses } from "./common-guesses.js";
import type { Layout, Stored } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";
import { belongingsOf } from "./spring/keys.js";
import { principalOf } from "./spring/principal.js";
import { shallow, springValue } from "./spring/value.js";

const attribute = "sessionAttr:";
/** Where applications without Spring Security, or beside it, say whose session it is. */
const principalName = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME";
const securityContext = "SPRING_SECURITY_CONTEXT";

/**
 * Spring Session's: a hash `<namespace>:sessions:<id>` of plainly named fields whose values are serialised, by the JDK
 * or as JSON. What the indexed and the reactive repositories keep beside it is in `spring/keys.ts`.
 */
export const springSession: Layout = {
  name: "spring-session",
  title: "Spring Session (plain, indexed, reactive; JDK or JSON serialiser)",
  type: "hash",
  keys: {
    prefix: "spring:session:",
    glob: "sessions:*",
    isSession: (rest) => /^sessions:[^:]+$/.test(rest) && rest !== "sessions:expirations",
    usualRest: /sessions:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  },
  capabilities: { ...walkedCapabilities, created: true, lastSeen: "exact" },
  notes: [
    "The user is the principal's name, from its index attribute or from Spring Security's context; the address is the one at login, from the context.",
    "The principal index is not used to find sessions: it is written apart from them and may miss some.",
    "Objects of classes are told by their class alone: what is in them may be secret.",
    "A request that began before a revocation may leave a part of the session's hash behind, which opens nothing; it is told as undecodable.",
  ],
  guesses: commonGuesses,
  decode(stored) {
    const { fields, keyEndsAt } = stored;
    const createdAt = numberIn(stored, "creationTime");
    const { lastSeenAt, windowMs } = activityOf(stored);
    const principal = principalOf(attributeOf(fields.get(attribute + securityContext)));
    const named = attributeOf(fields.get(attribute + principalName));
    return {
      user: typeof named === "string" && named !== "" ? named : principal.user,
      ip: principal.ip,
      createdAt,
      lastSeenAt,
      idleEndsAt: Math.min(lastSeenAt + windowMs, keyEndsAt),
      data: dataIn(fields),
    };
  },
  belongings(stored) {
    const { user } = springSession.decode(stored) ?? {};
    const { lastSeenAt, windowMs } = activityOf(stored);
    return belongingsOf({
      namespace: stored.prefix,
      id: stored.rest.slice("sessions:".length),
      user,
      expiresAt: lastSeenAt + windowMs,
    });
  },
};

/** The last use (ms), and how long the session lives after it: for ever with a negative window. */
function activityOf(stored: Stored): { lastSeenAt: number; windowMs: number } {
  const seconds = numberIn(stored, "maxInactiveInterval");
  return { lastSeenAt: numberIn(stored, "lastAccessedTime"), windowMs: seconds < 0 ? Infinity : seconds * 1000 };
}

function numberIn({ fields }: Stored, name: string): number {
  const bytes = fields.get(name);
  if (bytes === undefined) throw new UndecodableError(`no ${name}`);
  const value = springValue(bytes);
  if (typeof value !== "number") throw new UndecodableError(`${name} is no number`);
  return value;
}

/** An attribute; what cannot be read is told as that, and what was removed is `undefined`. */
function attributeOf(bytes: Buffer | undefined): Plain | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  try {
    return springValue(bytes);
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error;
    return marked("$opaque", error.message);
  }
}

function dataIn(fields: Stored["fields"]): SessionData {
  const data: PlainObject = {};
  for (const [field, bytes] of fields) {
    const name = field.slice(attribute.length);
    if (!field.startsWith(attribute) || name === principalName || name === securityContext) continue;
    const value = attributeOf(bytes);
    if (value !== undefined) setField(data, name, shallow(value));
  }
  return data;
}
