import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientLabel } from "../../src/clients/label.js";
import { createClientReader } from "../../src/clients/reader.js";

const reader = createClientReader();
const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const blink = "AppleWebKit/537.36 (KHTML, like Gecko)";
const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)";

describe("browsers", () => {
  it.each([
    [
      "Chrome 154 Windows",
      "desktop",
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/154.0.0.0 Safari/537.36`,
    ],
    [
      "Chrome 154 Android",
      "mobile",
      `Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/154.0.0.0 Mobile Safari/537.36`,
    ],
    ["Chrome 154 Android", "tablet", `Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/154.0.0.0 Safari/537.36`],
    ["Chrome 154 Linux", "desktop", `Mozilla/5.0 (X11; Linux x86_64) ${blink} Chrome/154.0.0.0 Safari/537.36`],
    [
      "Chrome 154 Linux",
      "desktop",
      `Mozilla/5.0 (X11; Linux x86_64) ${blink} Ubuntu Chromium/154.0 Chrome/154.0 Safari/537.36`,
    ],
    [
      "Chrome 154 Chromium OS",
      "desktop",
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${blink} Chrome/154.0.0.0 Safari/537.36`,
    ],
    ["Chrome 154 iOS", "mobile", `${iphone} ${webkit} CriOS/154.0.0.0 Mobile/15E148 Safari/604.1`],
    [
      "Edge 154 Windows",
      "desktop",
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/154.0.0.0 Safari/537.36 Edg/154.0.0.0`,
    ],
    [
      "Edge 154 Android",
      "mobile",
      `Mozilla/5.0 (Linux; Android 10; HD1913) ${blink} Chrome/154.0.0.0 Mobile Safari/537.36 EdgA/154.0.0.0`,
    ],
    [
      "Safari 18 macOS",
      "desktop",
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.5 Safari/605.1.15`,
    ],
    ["Safari 18 iOS", "mobile", `${iphone} ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`],
    [
      "Safari 18 iOS",
      "tablet",
      `Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`,
    ],
    ["WebKit iOS", "mobile", `${iphone} ${webkit} Mobile/15E148`],
    [
      "Chrome WebView 154 Android",
      "mobile",
      `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UP1A; wv) ${blink} Version/4.0 Chrome/154.0.0.0 Mobile Safari/537.36`,
    ],
    [
      "Firefox 145 Windows",
      "desktop",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    ],
    ["Firefox 145 Linux", "desktop", "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"],
    ["Firefox 145 Android", "mobile", "Mozilla/5.0 (Android 14; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"],
    ["Safari 5 Tizen", "other", `Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) ${blink} Version/5.0 TV Safari/537.36`],
  ])("%s, %s", (label, form, userAgent) => {
    expect(clientLabel(userAgent, reader)).toBe(label);
    expect(reader.agent(userAgent).form).toBe(form);
    expect(reader.agent(userAgent).engine).toBeDefined();
  });

  it("are the same family and system before and after a distribution's name is dropped", () => {
    const ubuntu = reader.agent("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
    const plain = reader.agent("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
    expect(ubuntu).toEqual(plain);
  });
});

describe("tools", () => {
  it.each([
    ["curl 8", "curl/8.5.0"],
    ["Wget 1 Linux", "Wget/1.21.3 (linux-gnu)"],
    ["python-requests 2", "python-requests/2.32.3"],
    ["Python-urllib 3", "Python-urllib/3.11"],
    ["aiohttp 3", "aiohttp/3.9.5 Python/3.12"],
    ["Go-http-client 2", "Go-http-client/2.0"],
    ["okhttp 4", "okhttp/4.12.0"],
    ["axios 1", "axios/1.7.2"],
    ["node", "node"],
    ["PostmanRuntime 7", "PostmanRuntime/7.37.0"],
    ["sqlmap 1", "sqlmap/1.7.2#stable (https://sqlmap.org)"],
    ["Nikto 2", "Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:000003)"],
    ["Nmap Scripting Engine", "Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)"],
    ["zgrab 0", "Mozilla/5.0 zgrab/0.x"],
    ["Burp", "Burp Suite Professional"],
    ["Googlebot 2", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
    ["WindowsPowerShell 5 Windows", "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1"],
    [
      "HeadlessChrome 154 Windows",
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} HeadlessChrome/154.0.0.0 Safari/537.36`,
    ],
  ])("%s", (label, userAgent) => {
    expect(clientLabel(userAgent, reader)).toBe(label);
    expect(reader.agent(userAgent)).toMatchObject({ form: "other", engine: undefined });
  });

  it("are told from an app on a phone, which keeps its device", () => {
    expect(reader.agent("Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)")).toMatchObject({
      browser: "Dalvik",
      form: "mobile",
      os: "Android",
    });
  });
});

describe("what says nothing", () => {
  it.each(["", " ", "Mozilla/5.0", "(((((", "-", "\u0000", "\u001b]0;x\u0007", "日本語"])(
    "%j is no family",
    (userAgent) => {
      expect(reader.agent(userAgent)).toMatchObject({ browser: undefined, major: undefined, form: "other" });
      expect(clientLabel(userAgent, reader)).toBe("?");
    },
  );

  it("an absent user agent is ?", () => {
    expect(clientLabel(undefined, reader)).toBe("?");
  });
});

describe("hostile user agents", () => {
  it("never throw, and give short names", () => {
    const piece = fc.constantFrom(
      "Mozilla/5.0 ",
      "(",
      ")",
      ";",
      "Chrome/",
      "154.0 ",
      "Safari/9 ",
      "X11; ",
      "Android ",
      "wv) ",
      "9".repeat(40),
      "\u001b[2J",
      "\u202e",
    );
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 2000 }),
      fc.array(piece, { maxLength: 200 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(hostile, (userAgent) => {
        const { browser, os, major } = reader.agent(userAgent);
        expect(browser?.length ?? 0).toBeLessThanOrEqual(64);
        expect(os?.length ?? 0).toBeLessThanOrEqual(64);
        expect(major === undefined || Number.isSafeInteger(major)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("are read up to a length: what follows changes nothing", () => {
    const head = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/154.0.0.0 Safari/537.36`.padEnd(512);
    expect(reader.agent(`${head}sqlmap/1.0`)).toEqual(reader.agent(head));
    expect(reader.agent(head + "x".repeat(10_000_000)).browser).toBe("Chrome");
  });
});
