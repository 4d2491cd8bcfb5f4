/** The headers of a response as every framework lets them be set. */
export interface ResponseHeaders {
  /** Whether they were sent, so that nothing can be set any more. */
  readonly sent: boolean;
  readonly get: (name: string) => unknown;
  /** Replaces all values of a header. */
  readonly set: (name: string, value: string | string[]) => void;
}

/**
 * Sets the cookie of this name, in place of one set earlier in the same response; other cookies stay. The response is not
 * to be stored: whoever got it from a cache would get the session with it (RFC 9111, 7.3).
 */
export function setCookie(response: ResponseHeaders, name: string, value: string): void {
  const others = [response.get("set-cookie") ?? []].flat().map(String);
  response.set("set-cookie", [...others.filter((other) => !other.startsWith(`${name}=`)), value]);
  response.set("cache-control", "no-store");
}
