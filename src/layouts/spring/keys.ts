import { UndecodableError } from "../formats/plain.js";
import { javaString } from "../formats/java-string.js";
import type { Step } from "../layout.js";
import { springValue } from "./value.js";

/** What the keys beside a session are made of. */
export interface SpringSession {
  /** The namespace with its colon. */
  readonly namespace: string;
  readonly id: string;
  /** The principal's name. */
  readonly user: string | undefined;
  /** When it ends unless it is used (ms); `Infinity` for never. */
  readonly expiresAt: number;
}

const minuteMs = 60_000;
const servletIndex = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME";
const reactiveIndex = "PRINCIPAL_NAME_INDEX_NAME";

/**
 * What belongs to a session, whichever of Spring's repositories wrote it. Of the indexed one: `sessions:expires:<id>`,
 * whose end tells applications that the session is over; an entry in `index:<name>:<user>`; and one in
 * `expirations:<the next whole minute after its end>`, or in the sorted set `sessions:expirations`. Of the reactive one:
 * `sessions:<id>:idx`, which names the sets `sessions:index:<name>:<value>` that the session is in. Members are
 * serialised as values are, so each is removed in every form.
 */
export function belongingsOf({ namespace, id, user, expiresAt }: SpringSession): readonly Step[] {
  const indexes = `${namespace}sessions:index:`;
  const named = `${namespace}sessions:${id}:idx`;
  return [
    ...(user === undefined
      ? []
      : [
          ...removed(`${namespace}index:${servletIndex}:${user}`, id),
          ...removed(`${indexes}${reactiveIndex}:${user}`, id),
        ]),
    {
      do: "each-member",
      key: named,
      // The set says which keys it means; only indexes are believed.
      steps: (member) => textsOf(member).flatMap((key) => (key.startsWith(indexes) ? removed(key, id) : [])),
    },
    { do: "delete", key: named },
    ...(Number.isFinite(expiresAt) ? removed(`${namespace}expirations:${nextMinute(expiresAt)}`, `expires:${id}`) : []),
    ...formsOf(id).map((member): Step => ({
      do: "remove-from-sorted-set",
      key: `${namespace}sessions:expirations`,
      member,
    })),
    { do: "delete", key: `${namespace}sessions:expires:${id}` },
  ];
}

/** A whole minute is followed by the one after it, as Spring has it. */
function nextMinute(at: number): number {
  return (Math.floor(at / minuteMs) + 1) * minuteMs;
}

function removed(key: string, text: string): Step[] {
  return formsOf(text).map((member) => ({ do: "remove-from-set", key, member }));
}

/** A text as the JDK, as JSON, and as it is. */
function formsOf(text: string): Buffer[] {
  const forms = [javaString(text), Buffer.from(JSON.stringify(text)), Buffer.from(text)];
  return forms.filter((form) => form !== undefined);
}

function textsOf(member: Buffer): string[] {
  try {
    const text = springValue(member);
    return typeof text === "string" ? [text] : [];
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error;
    return [member.toString("utf8")];
  }
}
