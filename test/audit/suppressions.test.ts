import { describe, expect, it } from "vitest";
import type { AuditSettings } from "../../src/audit/settings.js";
import type { DirectorySession } from "../../src/core/ports.js";
import {
  abroad,
  agents,
  auditOf,
  home,
  homeOverIpv6,
  hour,
  idOf,
  minute,
  now,
  office,
  seenWith,
  session,
  throughRelay,
} from "./population.js";

const { chromeWindows, firefoxLinux } = agents;
const taken = seenWith({ ip: home, userAgent: chromeWindows }, { ip: office, userAgent: firefoxLinux });

/** What an audit found, in short, and how much it left out on whose behalf. */
function found(sessions: readonly DirectorySession[], settings: AuditSettings = {}) {
  const { findings, audit, notRun } = auditOf(sessions, settings);
  return {
    findings: findings.map(({ rule, severity }) => `${severity} ${rule}`),
    suppressed: audit.suppressed,
    notRun,
  };
}

const onlyIp = (trusted: string) => ({ ip: (ip: string) => ip === trusted, asn: () => false });
const onlyAsn = (trusted: number) => ({ ip: () => false, asn: (asn: number) => asn === trusted });

describe("what an operator vouches for", () => {
  it("is nothing by default", () => {
    expect(found([taken])).toMatchObject({ findings: ["high hijack"], suppressed: [] });
  });

  it.each([
    ["an address", { trust: onlyIp(office) }],
    ["a network by its number", { trust: onlyAsn(64_501) }],
  ])("is left out and counted: %s that a session goes to", (_, settings) => {
    const { findings, suppressed } = found([taken], settings);
    expect(findings).toEqual([]);
    expect(suppressed).toEqual([{ rule: "client-change", findings: 1 }]);
  });

  it("is as good as any other place: only the client has changed of who comes from there", () => {
    expect(found([taken], { trust: onlyIp(home) }).findings).toEqual(["medium client-change"]);
  });

  it("is left out and counted: a user", () => {
    const other = { ...taken, id: idOf(1), user: "bob" };
    const { findings, suppressed } = found([taken, other], { trustedUsers: ["bob"] });
    expect(findings).toEqual(["high hijack"]);
    expect(suppressed).toEqual([{ rule: "hijack", findings: 1 }]);
  });

  it("is left out of the addresses from which many users come", () => {
    const logins = Array.from({ length: 20 }, (_, n) =>
      session({
        id: idOf(n),
        user: `user ${n}`,
        createdAt: now - hour + n * minute,
        sightings: [{ at: now - hour + n * minute, ip: abroad, userAgent: chromeWindows }],
      }),
    );
    expect(found(logins).findings).toEqual(["high ip-fanout"]);
    expect(found(logins, { trust: onlyIp(abroad) }).findings).toEqual([]);
  });
});

describe("what an operator says of a rule", () => {
  it("is its severity, of all its findings", () => {
    expect(found([taken], { severities: { hijack: "info" } }).findings).toEqual(["info hijack"]);
  });

  it("is that it does not run, which the report says", () => {
    const { findings, notRun } = found([taken], { disabled: ["hijack"] });
    expect(findings).toEqual([]);
    expect(notRun).toContainEqual({ rule: "hijack", why: "the configuration turned it off" });
  });
});

describe("what says nothing by itself", () => {
  const quiet = (ip: string, later: string) =>
    found([seenWith({ ip, userAgent: chromeWindows }, { ip: later, userAgent: chromeWindows })]).findings;

  it.each([
    ["a relay on the way there", home, throughRelay],
    ["a relay on the way back", throughRelay, home],
    ["another address of one /64", "2001:db8::1:2", "2001:db8::aaaa:bbbb:cccc:dddd"],
    ["IPv6 after IPv4 in one network", home, homeOverIpv6],
    ["IPv4 after IPv6 in one network", homeOverIpv6, home],
  ])("%s", (_, ip, later) => {
    expect(quiet(ip, later)).toEqual([]);
  });

  it("but two places do", () => {
    expect(quiet(home, office)).toEqual(["info network-change"]);
  });
});

describe("a user of whom little is known", () => {
  const at = (n: number, ip: string, userAgent: string) =>
    session({
      id: idOf(n),
      createdAt: now - 8 * hour + n,
      lastSeenAt: now - minute,
      sightings: [{ at: now - 8 * hour + n, ip, userAgent }],
    });
  const sessions = [at(1, home, chromeWindows), at(2, home, chromeWindows), at(3, abroad, firefoxLinux)];

  it("is not judged by what is usual for them, until there are three sessions", () => {
    expect(found(sessions).findings).toEqual(["high concurrent-distant"]);
    expect(found(sessions.slice(1)).findings).toEqual(["low concurrent-distant"]);
  });

  it("or so many as are configured", () => {
    expect(found(sessions, { learning: 4 }).findings).toEqual(["low concurrent-distant"]);
    expect(found(sessions.slice(1), { learning: 2 }).findings).toEqual(["high concurrent-distant"]);
  });
});
