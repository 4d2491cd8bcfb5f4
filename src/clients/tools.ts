/** A client that is not a browser, by the name it gives itself. */
export interface Tool {
  readonly name: string;
  readonly major: number | undefined;
}

/**
 * Tools that hide in a browser's or a bot's user agent, spelled as reported. Those that begin with their own name
 * (`curl/8.5.0`, `python-requests/2.32`) need no entry.
 */
const disguised: readonly string[] = [
  "Acunetix",
  "AhrefsBot",
  "Amazonbot",
  "Applebot",
  "Baiduspider",
  "bingbot",
  "Burp",
  "Bytespider",
  "CCBot",
  "ClaudeBot",
  "Cypress",
  "DuckDuckBot",
  "facebookexternalhit",
  "Googlebot",
  "GPTBot",
  "gobuster",
  "HeadlessChrome",
  "masscan",
  "Nessus",
  "Netsparker",
  "Nikto",
  "Nmap Scripting Engine",
  "Nuclei",
  "OpenVAS",
  "PetalBot",
  "PhantomJS",
  "Playwright",
  "Puppeteer",
  "SemrushBot",
  "Slurp",
  "sqlmap",
  "w3af",
  "WhatWeb",
  "WindowsPowerShell",
  "wpscan",
  "YandexBot",
  "zgrab",
];

const canonical = new Map(disguised.map((name) => [name.toLowerCase(), name]));
const disguisedTool = new RegExp(`\\b(${disguised.join("|")})(?:[/ ]v?(\\d{1,6})\\b)?`, "i");

/** A product token (RFC 9110, 10.1.5) at the very beginning, its version optional when nothing else follows. */
const ownName = /^([A-Za-z][\w.+-]{0,39})(?:\/v?(\d{1,6})?|$)/;

/** First products that say nothing about who is calling. */
const generic = new Set(["mozilla", "opera"]);

/** The tool, bot or app that a user agent names itself as; `undefined` for browsers and for what names nothing. */
export function toolOf(userAgent: string): Tool | undefined {
  const hidden = disguisedTool.exec(userAgent);
  if (hidden?.[1] !== undefined) {
    return { name: canonical.get(hidden[1].toLowerCase()) ?? hidden[1], major: version(hidden[2]) };
  }
  const own = ownName.exec(userAgent);
  if (own?.[1] === undefined || generic.has(own[1].toLowerCase())) return undefined;
  return { name: own[1], major: version(own[2]) };
}

function version(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
