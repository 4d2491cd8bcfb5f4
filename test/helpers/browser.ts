/** What came back from a request. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: () => unknown;
}

/** A browser as far as cookies go: keeps what it is given, lets go of what has expired, sends the rest. */
export class Browser {
  readonly #origin: string;
  readonly #userAgent: string;
  readonly cookies = new Map<string, string>();

  constructor(origin: string, userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0") {
    this.#origin = origin;
    this.#userAgent = userAgent;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#send("GET", path, headers);
  }

  post(path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Page> {
    return this.#send("POST", path, headers, new URLSearchParams(form));
  }

  async #send(method: string, path: string, headers: Record<string, string>, body?: URLSearchParams): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(this.#origin + path, {
      method,
      redirect: "manual",
      headers: { "user-agent": this.#userAgent, ...(cookie === "" ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as unknown };
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf("="));
    if (attributes.some((attribute) => /^max-age=0$|^expires=thu, 01 jan 1970/i.test(attribute))) {
      this.cookies.delete(name);
    } else {
      this.cookies.set(name, pair.slice(pair.indexOf("=") + 1));
    }
  }
}
