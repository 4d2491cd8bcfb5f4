import { isPlainObject, type Plain } from "../formats/plain.js";

/** Who a security context is of, and from where that was authenticated; `undefined` what it does not tell. */
export interface Principal {
  readonly user: string | undefined;
  readonly ip: string | undefined;
}

/**
 * The principal in Spring Security's context, as its own `Authentication.getName` tells it for the principals that come
 * with it: a name, a user with a username, what OAuth 2 calls the name attribute. Of other classes it is not known.
 */
export function principalOf(context: Plain | undefined): Principal {
  const authentication = member(context, "authentication");
  const principal = member(authentication, "principal");
  const attributeName = textOf(member(principal, "nameAttributeKey"));
  const names = [
    principal,
    member(principal, "username"),
    attributeName === undefined ? undefined : member(member(principal, "attributes"), attributeName),
    member(authentication, "name"),
  ];
  return {
    user: names.map(textOf).find((name) => name !== undefined),
    ip: textOf(member(member(authentication, "details"), "remoteAddress")),
  };
}

function member(value: Plain | undefined, name: string): Plain | undefined {
  return isPlainObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function textOf(value: Plain | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
