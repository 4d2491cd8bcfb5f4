import { SessctlError } from "./errors.js";
import type { Client, SessionData } from "./session.js";
import { isSessionId, type SessionId } from "./token.js";

/** Most bytes of a user's name in UTF-8: it is part of a key. */
export const maxUserBytes = 1024;
const maxLevelBytes = 64;
const maxIpLength = 64;
/** Longer user agents are cut: nothing tells browsers apart that far out, and an attacker chooses the length. */
export const maxUserAgentLength = 1024;

/** Checks a user's name; `invalid-argument` when it is empty, too long or not well-formed Unicode. */
export function checkedUser(user: string): string {
  return checkedText("user", user, maxUserBytes);
}

const namespaceForm = /^[A-Za-z0-9_.-]{1,64}$/;

/** Checks a namespace; `invalid-argument` for a name that would not be safe inside a key or a pattern. */
export function checkedNamespace(namespace: string): string {
  if (namespaceForm.test(namespace)) return namespace;
  throw new SessctlError("invalid-argument", "a namespace is 1 to 64 letters, digits, dots, dashes and underscores", {
    hint: "Keys begin with it and a colon; the usual one is sc.",
  });
}

/** Checks an authentication level, as `checkedUser` does. */
export function checkedLevel(level: string): string {
  return checkedText("level", level, maxLevelBytes);
}

function checkedText(name: string, text: unknown, maxBytes: number): string {
  if (typeof text !== "string" || text === "")
    throw new SessctlError("invalid-argument", `${name} must be a non-empty string`);
  // Redis sees UTF-8, where every lone surrogate becomes the same replacement character: two users would share one name.
  if (!text.isWellFormed()) throw new SessctlError("invalid-argument", `${name} must be well-formed Unicode`);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes)
    throw new SessctlError("invalid-argument", `${name} is ${bytes} bytes long; at most ${maxBytes} are kept`);
  return text;
}

/** Checks the id of a session that is to stay; `invalid-argument` for anything else, a token above all. */
export function checkedExcept(except: SessionId | undefined): SessionId | undefined {
  if (except === undefined || isSessionId(except)) return except;
  throw new SessctlError("invalid-argument", "except must be the id of a session", {
    hint: "It is session.id of what create, rotate or validate gave, not the token.",
  });
}

/** A client as it is stored: empty strings count as missing, overlong ones are cut, lone surrogates replaced. Never throws: requests are not refused for odd headers. */
export function clientOf(client: Partial<Client> | undefined): Client {
  return { ip: cut(client?.ip, maxIpLength), userAgent: cut(client?.userAgent, maxUserAgentLength) };
}

function cut(text: unknown, length: number): string | undefined {
  return typeof text === "string" && text !== "" ? text.slice(0, length).toWellFormed() : undefined;
}

/** Session data as JSON text; `invalid-argument` for what JSON cannot hold, `data-too-large` beyond `maxBytes`. */
export function encodeData(data: SessionData, maxBytes: number): string {
  // A Promise or a Map has a JSON form too: an empty one, in which everything is lost.
  if (!isPlainObject(data)) {
    throw new SessctlError("invalid-argument", "session data must be a plain object", {
      hint: "An async function returns a Promise: update wants one that is synchronous.",
    });
  }
  const text = stringify(data);
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return text;
  throw new SessctlError("data-too-large", `session data is ${bytes} bytes as JSON; maxDataBytes is ${maxBytes}`, {
    hint: "Keep large things elsewhere and their key in the session, or raise maxDataBytes.",
  });
}

function isPlainObject(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function stringify(data: SessionData): string {
  try {
    return JSON.stringify(data);
  } catch (cause) {
    throw new SessctlError("invalid-argument", "session data cannot be written as JSON", {
      hint: "Cycles and BigInt values have no JSON form.",
      // What the engine says of a cycle repeats the names of its members, which may come from anywhere.
      ...(cause instanceof TypeError && cause.message.includes("circular") ? {} : { cause }),
    });
  }
}
