import type { Random } from "./random.js";

/** A device and the browser on it, at one version of that browser. */
export interface Device {
  readonly form: "desktop" | "mobile";
  /** Its user agent with the newest browser, or with the one so many releases older. */
  readonly userAgent: (releasesBehind: number) => string;
}

// Newest releases of November 2026, as counted on from each browser's release calendar.
const chrome = 154;
const firefox = 157;
const safari = 26;

const blink = (system: string, mobile: string) => (behind: number) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome - behind}.0.0.0 ${mobile}Safari/537.36`;
const edge = (system: string) => (behind: number) => `${blink(system, "")(behind)} Edg/${chrome - behind}.0.0.0`;
const gecko = (system: string) => (behind: number) =>
  `Mozilla/5.0 (${system}; rv:${firefox - behind}.0) Gecko/20100101 Firefox/${firefox - behind}.0`;
const macSafari = (behind: number) =>
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${safari}.${Math.max(0, 2 - behind)} Safari/605.1.15`;
const phoneSafari = (behind: number) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${safari}.${Math.max(0, 2 - behind)} Mobile/15E148 Safari/604.1`;
const samsung = (behind: number) =>
  `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/${30 - behind}.0 Chrome/${chrome - 8}.0.0.0 Mobile Safari/537.36`;

const windows = "Windows NT 10.0; Win64; x64";
const mac = "Macintosh; Intel Mac OS X 10_15_7";
const linux = "X11; Linux x86_64";

/** Computers, with how common each is among a hundred. */
const desktops: readonly [readonly [Device, number], ...(readonly [Device, number])[]] = [
  [{ form: "desktop", userAgent: blink(windows, "") }, 46],
  [{ form: "desktop", userAgent: edge(windows) }, 16],
  [{ form: "desktop", userAgent: blink(mac, "") }, 12],
  [{ form: "desktop", userAgent: macSafari }, 13],
  [{ form: "desktop", userAgent: gecko(windows) }, 6],
  [{ form: "desktop", userAgent: gecko("X11; Linux x86_64") }, 3],
  [{ form: "desktop", userAgent: blink(linux, "") }, 4],
];

/** Phones, with how common each is among a hundred. */
const phones: readonly [readonly [Device, number], ...(readonly [Device, number])[]] = [
  [{ form: "mobile", userAgent: blink("Linux; Android 10; K", "Mobile ") }, 46],
  [{ form: "mobile", userAgent: phoneSafari }, 42],
  [{ form: "mobile", userAgent: samsung }, 9],
  [{ form: "mobile", userAgent: gecko("Android 15; Mobile") }, 3],
];

/** A person's computer. */
export function someDesktop(random: Random): Device {
  return random.weighted(desktops);
}

/** A person's phone. */
export function somePhone(random: Random): Device {
  return random.weighted(phones);
}

/** What an Android phone's browser sends instead of this once "desktop site" is ticked. */
export function asDesktopSite(userAgent: string): string {
  return userAgent.replace("Linux; Android 10; K", linux).replace(" Mobile ", " ");
}

/** A browser on a computer that is another one than this user agent's, as a thief would have. */
export function asDesktop(other: string): string {
  const own = gecko(linux)(1);
  return other.includes("Firefox/") ? blink(mac, "")(2) : own;
}

/** Programs that present a cookie which they were given, as they name themselves. */
export const tools: readonly [string, ...string[]] = [
  "curl/8.17.0",
  "python-requests/2.32.5",
  "Go-http-client/2.0",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/149.0.0.0 Safari/537.36",
];

/** A crawler, which starts a session with every visit. */
export const crawler = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

/** A user agent that tries to write to the terminal of whoever lists it: colours, a new title, a cleared screen. */
export const hostile = "Mozilla/5.0 \u001b[31mFirefox\u001b[0m \u001b]0;owned\u0007\u001b[2J (\u202Elanoitcerid)";
