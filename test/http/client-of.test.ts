import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientReaderFor, type ProxyOptions } from "../../src/http/client-of.js";

const ipOf = (options: ProxyOptions, remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  clientReaderFor(options)({ headers, socket: { remoteAddress } }).ip;
const xff = (text: string) => ({ "x-forwarded-for": text });

describe("the client of a request", () => {
  it("is who holds the socket, whatever any header says", () => {
    const headers = { ...xff("203.0.113.7"), forwarded: "for=203.0.113.7", "x-real-ip": "203.0.113.7" };
    expect(ipOf({}, "192.0.2.1", headers)).toBe("192.0.2.1");
    expect(ipOf({ trustedProxies: 0 }, "192.0.2.1", headers)).toBe("192.0.2.1");
    expect(ipOf({ trustedProxies: [] }, "192.0.2.1", headers)).toBe("192.0.2.1");
  });

  it("has the user agent of the request", () => {
    const read = clientReaderFor();
    expect(read({ headers: { "user-agent": "curl/8" } }).userAgent).toBe("curl/8");
    expect(read({ headers: {} })).toEqual({ ip: undefined, userAgent: undefined });
  });

  it.each([
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:c000:201", "192.0.2.1"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    [undefined, undefined],
    ["", undefined],
  ])("has one spelling of its address: %j", (remote, ip) => {
    expect(ipOf({}, remote)).toBe(ip);
  });
});

describe("behind proxies whose networks are known", () => {
  const options = { trustedProxies: ["10.0.0.0/8", "fd00::/8", "192.0.2.5"] };

  it.each([
    ["one proxy", "10.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["two proxies", "10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"],
    ["a claim on the left", "10.0.0.1", "1.1.1.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"],
    ["a claim to be a proxy", "10.0.0.1", "1.1.1.1, 10.9.9.9, 203.0.113.7", "203.0.113.7"],
    ["a sender that is no proxy", "203.0.113.9", "1.1.1.1", "203.0.113.9"],
    ["nothing but proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["no report", "10.0.0.1", "", "10.0.0.1"],
    ["a mapped proxy", "::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["a proxy of IPv6", "fd00::5", "[2001:db8::1]:4711", "2001:db8::1"],
    ["a proxy named alone", "192.0.2.5", "203.0.113.7:1234", "203.0.113.7"],
    ["a neighbour of a proxy named alone", "192.0.2.6", "203.0.113.7", "192.0.2.6"],
    ["a report that is no address", "10.0.0.1", "203.0.113.7, unknown", undefined],
    ["a report of octal", "10.0.0.1", "010.0.0.1", undefined],
    ["an empty last report", "10.0.0.1", "203.0.113.7,", undefined],
  ])("sees past %s", (_, remote, header, ip) => {
    expect(ipOf(options, remote, xff(header))).toBe(ip);
  });

  it("trusts a Unix socket only when told to", () => {
    expect(ipOf(options, undefined, xff("203.0.113.7"))).toBeUndefined();
    expect(ipOf({ trustedProxies: ["unix"] }, undefined, xff("203.0.113.7"))).toBe("203.0.113.7");
    expect(ipOf({ trustedProxies: ["unix"] }, undefined, xff("203.0.113.7, nobody"))).toBeUndefined();
  });
});

describe("behind a number of proxies", () => {
  it.each([
    [1, "203.0.113.7", "203.0.113.7"],
    [1, "1.1.1.1, 203.0.113.7", "203.0.113.7"],
    [2, "1.1.1.1, 203.0.113.7, 198.51.100.1", "203.0.113.7"],
    [2, "203.0.113.7", "203.0.113.7"],
  ])("%i: takes that many steps from the right of %j", (trustedProxies, header, ip) => {
    expect(ipOf({ trustedProxies }, "10.0.0.1", xff(header))).toBe(ip);
  });
});

describe("behind proxies that speak RFC 7239", () => {
  const options: ProxyOptions = { trustedProxies: ["10.0.0.0/8"], forwardedHeader: "forwarded" };

  it.each([
    ["for=203.0.113.7", "203.0.113.7"],
    ["For=203.0.113.7;proto=https;by=10.0.0.1", "203.0.113.7"],
    ['proto=http; for="203.0.113.7:4711"', "203.0.113.7"],
    ['for="[2001:db8::1]:4711"', "2001:db8::1"],
    ["for=1.1.1.1, for=203.0.113.7, for=10.0.0.2", "203.0.113.7"],
    ['for=203.0.113.7, for=10.0.0.2;ext="a,b;for=1.1.1.1"', "203.0.113.7"],
    ['for=203.0.113.7;ext="\\",for=1.1.1.1"', "203.0.113.7"],
    ["for=unknown", undefined],
    ["for=_hidden", undefined],
    ["for=203.0.113.7, proto=https", undefined],
  ])("reads %j", (header, ip) => {
    expect(ipOf(options, "10.0.0.1", { forwarded: header })).toBe(ip);
  });

  it("leaves X-Forwarded-For alone then", () => {
    expect(ipOf(options, "10.0.0.1", xff("203.0.113.7"))).toBe("10.0.0.1");
  });
});

describe("hostile headers", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(",", ";", '"', "\\", "for=", "[", "]", "::", "%", "10.0.0.1", "203.0.113.7", " ", "\0"),
  );
  const header = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

  it("never throw, and never give an address that is none", () => {
    fc.assert(
      fc.property(header, fc.constantFrom("x-forwarded-for", "forwarded"), fc.boolean(), (text, name, counted) => {
        const options = { trustedProxies: counted ? 3 : ["10.0.0.0/8"], forwardedHeader: name } as ProxyOptions;
        const ip = ipOf(options, "10.0.0.1", { [name]: text });
        if (ip !== undefined) expect(ip).toMatch(/^[0-9a-f.:]+$/);
      }),
      { numRuns: 2000 },
    );
  });

  it("cannot move the address past the report of the last trusted proxy", () => {
    fc.assert(
      fc.property(header, (text) => {
        expect(ipOf({ trustedProxies: ["10.0.0.0/8"] }, "10.0.0.1", xff(`${text},203.0.113.7`))).toBe("203.0.113.7");
        expect(ipOf({ trustedProxies: 1 }, "10.0.0.1", xff(`${text},203.0.113.7`))).toBe("203.0.113.7");
      }),
    );
  });
});

it.each([
  [true as unknown as number],
  ["10.0.0.0/8" as unknown as string[]],
  [-1],
  [1.5],
  [99],
  [["10.0.0.0/33"]],
  [["fd00::/129"]],
  [["proxy.example"]],
  [["*"]],
  [[""]],
])("refuses to trust %j", (trustedProxies) => {
  expect(() => clientReaderFor({ trustedProxies })).toThrow(expect.objectContaining({ code: "invalid-argument" }));
});
