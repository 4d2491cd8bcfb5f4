import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cookieValues } from "../../src/http/cookie-header.js";
import { type CookieOptions, SessionCookie } from "../../src/http/cookie.js";
import type { Session } from "../../src/index.js";

const token = `a3${"Ab0_-Ab0".repeat(4)}`;
const other = `a3${"Zz9_-Zz9".repeat(4)}`;
const now = Date.UTC(2026, 10, 22);
const session = { createdAt: now, endsAt: now + 3_600_500 } as Session;
const secret = "s".repeat(32);
const older = "o".repeat(32);

/** The value of the cookie that a Set-Cookie line sets. */
const valueOf = (line: string) => line.slice(line.indexOf("=") + 1, line.indexOf(";"));

describe("the session cookie", () => {
  it("is bound to its host, hidden from scripts, and sent over TLS and from its own site only", () => {
    expect(new SessionCookie().write(token, session, now)).toBe(
      `__Host-session=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
  });

  it("is removed under the attributes that it was set with", () => {
    const cookie = new SessionCookie({ name: "__Secure-sid", domain: "example.com", path: "/app", sameSite: "strict" });
    expect(cookie.remove()).toBe(
      "__Secure-sid=; Path=/app; Domain=example.com; HttpOnly; Secure; SameSite=Strict; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    );
  });

  it("lasts until the session's deadline when it is to outlive the browser, rounded down", () => {
    const lasting = "; Max-Age=3600; Expires=Sun, 22 Nov 2026 01:00:00 GMT";
    expect(new SessionCookie({ persistent: true }).write(token, session, now)).toContain(lasting);
    const ofLong = new SessionCookie({ persistent: ({ createdAt, endsAt }) => endsAt - createdAt > 7_200_000 });
    expect(ofLong.write(token, session, now)).not.toContain("Max-Age");
    expect(ofLong.write(token, { ...session, endsAt: now + 7_200_001 }, now)).toContain("; Max-Age=7200; ");
  });

  it.each<[string, CookieOptions, string]>([
    ["__Host- without Secure", { secure: false }, "not Secure"],
    ["__Secure- without Secure", { name: "__Secure-x", secure: false }, "not Secure"],
    ["the prefix in other letters", { name: "__hOSt-x", secure: false }, "not Secure"],
    ["__Host- with a path", { path: "/app" }, "path or a domain"],
    ["__Host- with a domain", { domain: "example.com" }, "path or a domain"],
    ["SameSite=None without Secure", { name: "x", secure: false, sameSite: "none" }, "SameSite=None"],
    ["a name with a semicolon", { name: "x;y" }, "name"],
    ["an empty name", { name: "" }, "name"],
    ["a path with an attribute in it", { name: "x", path: "/; Domain=evil.example" }, "path"],
    ["a domain with a line break", { name: "x", domain: "a\r\nSet-Cookie: b" }, "domain"],
    ["a short secret", { secrets: ["short"] }, "32 bytes"],
    ["a short secret among long ones", { secrets: [secret, "short"] }, "32 bytes"],
    ["no secrets", { secrets: [] }, "32 bytes"],
  ])("refuses %s, which a browser would drop or an attacker like", (_, options, message) => {
    expect(() => new SessionCookie(options)).toThrow(
      expect.objectContaining({ code: "invalid-argument", message: expect.stringContaining(message) }),
    );
  });

  it("can do without TLS in development, under a plain name", () => {
    expect(new SessionCookie({ name: "session", secure: false }).write(token, session, now)).toBe(
      `session=${token}; Path=/; HttpOnly; SameSite=Lax`,
    );
  });
});

describe("reading a Cookie header", () => {
  const cookie = new SessionCookie();
  const read = (header: string | undefined) => cookie.read(header);

  it.each([
    ["alone", `__Host-session=${token}`],
    ["between others", `a=1; __Host-session=${token}; b=2`],
    ["without blanks", `a=1;__Host-session=${token};b=2`],
    ["with blanks around it", `a=1; \t __Host-session=${token} \t ; b`],
    ["twice with the same value", `__Host-session=${token}; __Host-session=${token}`],
    ["beside one that is no token", `__Host-session=x; __Host-session=${token}`],
  ])("finds the token %s", (_, header) => {
    expect(read(header)).toEqual({ presented: true, token, outdated: false });
  });

  it.each([
    [undefined],
    [""],
    [";;; ;"],
    ["a=b"],
    [`session=${token}`],
    [`x__Host-session=${token}`],
    [`__host-session=${token}`],
    [`__Host-session-2=${token}`],
    ["__Host-session"],
    [`a="; __Host-sess=${token}"`],
  ])("finds no session cookie in %j", (header) => {
    expect(read(header)).toEqual({ presented: false, token: undefined, outdated: false });
  });

  it.each([
    ["is empty", "__Host-session="],
    ["is quoted", `__Host-session="${token}"`],
    ["is escaped", `__Host-session=${encodeURIComponent(`${token}%`)}`],
    ["has a NUL", `__Host-session=${token}\0`],
    ["has a second token", `__Host-session=${token},${token}`],
    ["differs from a second one", `__Host-session=${token}; __Host-session=${other}`],
    ["is one of a thousand", Array.from({ length: 1000 }, (_, n) => `__Host-session=${n}`).join("; ")],
  ])("takes no token from a cookie that %s", (_, header) => {
    expect(read(header)).toEqual({ presented: true, token: undefined, outdated: false });
  });

  it("takes names of Object.prototype for nothing special", () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expect(read(`${name}=x; __Host-session=${token}`).token).toBe(token);
      expect(new SessionCookie({ name }).read("a=b")).toMatchObject({ presented: false });
      expect(new SessionCookie({ name }).read(`${name}=${token}`)).toMatchObject({ presented: true, token });
    }
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("never throws, and never makes a token of what is none", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("__Host-session", "=", ";", " ", '"', "\0", "%", ",", "__proto__", token, "\u{1f36a}", "\ud800"),
    );
    const header = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(header, (text) => {
        const found = read(text);
        if (found.token !== undefined) expect(text).toContain(`__Host-session=${found.token}`);
        expect(signed.read(text).token).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it("finds the one that it wrote, whatever stands around it", () => {
    const neighbour = fc.string({ unit: "binary" }).filter((text) => !/;|__Host-session/.test(text));
    fc.assert(
      fc.property(fc.array(neighbour), fc.array(neighbour), (before, after) => {
        const header = [...before, `__Host-session=${token}`, ...after].join(";");
        expect(read(header).token).toBe(token);
      }),
    );
  });

  it("looks at each character a fixed number of times", () => {
    // Counted, not timed: a header that made it start over for every part would need half a million reads of each.
    for (const part of [";", "=;", " ;", "__Host-session;", "a;\t", '"']) {
      const header = part.repeat(Math.ceil(1_000_000 / part.length));
      let reads = 0;
      const counting = {
        length: header.length,
        indexOf: (text: string, from: number) => {
          const at = header.indexOf(text, from);
          reads += (at === -1 ? header.length : at) - from + 1;
          return at;
        },
        charCodeAt: (at: number) => {
          reads++;
          return header.charCodeAt(at);
        },
        startsWith: (text: string, at: number) => {
          reads += text.length;
          return header.startsWith(text, at);
        },
        slice: (from: number, to: number) => header.slice(from, to),
      };
      cookieValues(counting as unknown as string, "__Host-session");
      expect(reads).toBeLessThan(20 * header.length);
    }
  });

  const signed = new SessionCookie({ secrets: [secret, older] });
});

describe("signed cookies", () => {
  const signed = new SessionCookie({ secrets: [secret, older] });
  const header = (line: string) => `__Host-session=${valueOf(line)}`;

  it("are accepted when the first secret signed them", () => {
    const line = signed.write(token, session, now);
    expect(valueOf(line)).toMatch(new RegExp(`^${token}\\.[\\w-]{43}$`));
    expect(signed.read(header(line))).toEqual({ presented: true, token, outdated: false });
  });

  it("are accepted from an older secret, and said to be outdated", () => {
    const line = new SessionCookie({ secrets: [older] }).write(token, session, now);
    expect(signed.read(header(line))).toEqual({ presented: true, token, outdated: true });
  });

  it("are refused when no secret signed them, or for another cookie", () => {
    const stranger = new SessionCookie({ secrets: ["x".repeat(32)] }).write(token, session, now);
    const elsewhere = new SessionCookie({ name: "csrf", secrets: [secret] }).write(token, session, now);
    for (const value of [valueOf(stranger), valueOf(elsewhere), token, `${token}.`, `.${"a".repeat(43)}`]) {
      expect(signed.read(`__Host-session=${value}`)).toEqual({ presented: true, token: undefined, outdated: false });
    }
  });

  it("are refused when a single character differs", () => {
    const value = valueOf(signed.write(token, session, now));
    fc.assert(
      fc.property(fc.nat(value.length - 2), fc.constantFrom("A", "b", "7", "_"), (at, char) => {
        // The last character carries two bits that say nothing, and is left out.
        fc.pre(value[at] !== char);
        const changed = value.slice(0, at) + char + value.slice(at + 1);
        expect(signed.read(`__Host-session=${changed}`).token).toBeUndefined();
      }),
    );
  });

  it("let the one that is signed win over one that a neighbour planted", () => {
    const value = valueOf(signed.write(token, session, now));
    expect(signed.read(`__Host-session=${other}; __Host-session=${value}`).token).toBe(token);
  });
});
