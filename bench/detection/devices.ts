import type { Random } from "../../src/demo/random.js";

/** What is in somebody's hand or on their desk: a browser on a system, whose user agent follows its releases. */
export interface Device {
  readonly form: "mobile" | "desktop" | "tablet";
  readonly family: string;
  readonly system: string;
  /** Its user agent so many releases after (or, negative, before) the one it was bought with. */
  readonly userAgent: (releases: number) => string;
  /** What it sends when "request desktop site" is ticked; `undefined` where there is no such thing. */
  readonly desktopSite?: (releases: number) => string;
  /** What plays its videos, or its apps' own library: sends the same cookies; `undefined` where the browser does it all. */
  readonly beside?: string;
}

/** An app beside its web view, as Android's own library and as okhttp name themselves. */
const androidApps = ["Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A.240105.004)", "okhttp/4.12.0"] as const;

type Make = (random: Random) => Device;

const windows = "Windows NT 10.0; Win64; x64";
const mac = "Macintosh; Intel Mac OS X 10_15_7";
const linux = "X11; Linux x86_64";

function chromium(system: string, os: string, form: Device["form"], suffix = "", family = "Chrome"): Make {
  return (random) => {
    const major =
      150 -
      random.weighted([
        [0, 62],
        [1, 20],
        [2, 6],
        [7, 6],
        [20, 3],
        [41, 3],
      ]);
    const agent = (where: string, mobile: string) => (releases: number) => {
      const version = `${major + releases}.0.0.0`;
      const brand = suffix === "" ? "" : ` ${suffix}/${version}`;
      return `Mozilla/5.0 (${where}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}${mobile} Safari/537.36${brand}`;
    };
    const device = { form, family, system: os, userAgent: agent(system, form === "mobile" ? " Mobile" : "") };
    if (os !== "Android") return device;
    return { ...device, desktopSite: agent(linux, ""), beside: androidApps[major % 2 === 0 ? 0 : 1] };
  };
}

function firefox(system: string, os: string, form: Device["form"]): Make {
  return (random) => {
    const major = 150 - random.whole(0, 3);
    return {
      form,
      family: "Firefox",
      system: os,
      userAgent: (releases) =>
        `Mozilla/5.0 (${system}; rv:${major + releases}.0) Gecko/${os === "Android" ? `${major + releases}.0` : "20100101"} Firefox/${major + releases}.0`,
    };
  };
}

const macSafari: Make = (random) => {
  const major = random.weighted([
    [26, 80],
    [18, 15],
    [17, 5],
  ]);
  return {
    form: "desktop",
    family: "Safari",
    system: "macOS",
    userAgent: (releases) =>
      `Mozilla/5.0 (${mac}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${major}.${Math.max(0, 1 + releases)} Safari/605.1.15`,
    beside: "AppleCoreMedia/1.0.0.24G84 (Macintosh; U; Intel Mac OS X 15_6; en_us)",
  };
};

const iphone: Make = (random) => {
  const minor = random.whole(0, 3);
  return {
    form: "mobile",
    family: "Safari",
    system: "iOS",
    userAgent: (releases) =>
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_${minor + Math.min(3, releases)} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.${minor + releases} Mobile/15E148 Safari/604.1`,
    desktopSite: (releases) =>
      `Mozilla/5.0 (${mac}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.${minor + releases} Safari/605.1.15`,
    beside: "AppleCoreMedia/1.0.0.22F76 (iPhone; U; CPU OS 18_5 like Mac OS X; en_us)",
  };
};

const samsung: Make = (random) => {
  const major = 28 + random.whole(0, 2);
  return {
    form: "mobile",
    family: "Samsung Internet",
    system: "Android",
    userAgent: (releases) =>
      `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/${major + releases}.0 Chrome/${136 + releases}.0.0.0 Mobile Safari/537.36`,
  };
};

/** Chrome on an iPhone: Safari's engine under its own name. */
const chromeOnIphone: Make = (random) => {
  const major = 150 - random.whole(0, 2);
  return {
    form: "mobile",
    family: "Chrome",
    system: "iOS",
    userAgent: (releases) =>
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/${major + releases}.0.7444.128 Mobile/15E148 Safari/604.1`,
  };
};

type Shares = readonly [readonly [Make, number], ...(readonly [Make, number])[]];

const phones: Shares = [
  [chromium("Linux; Android 10; K", "Android", "mobile"), 48],
  [iphone, 38],
  [samsung, 9],
  [firefox("Android 14; Mobile", "Android", "mobile"), 3],
  [chromeOnIphone, 2],
];

const computers: Shares = [
  [chromium(windows, "Windows", "desktop"), 45],
  [chromium(windows, "Windows", "desktop", "Edg", "Edge"), 16],
  [chromium(mac, "macOS", "desktop"), 11],
  [macSafari, 13],
  [firefox(windows, "Windows", "desktop"), 6],
  [firefox(linux, "Linux", "desktop"), 3],
  [chromium(linux, "Linux", "desktop"), 4],
  [chromium(windows, "Windows", "desktop", "OPR", "Opera"), 2],
];

const tablets: Shares = [[chromium("Linux; Android 10; K", "Android", "tablet"), 1]];

/** A device as likely as in the RBA data set: 64 % mobile, 26 % desktop, the rest here tablets and more desktops. */
export function someDevice(random: Random): Device {
  const shares = random.weighted([
    [phones, 64],
    [computers, 32],
    [tablets, 4],
  ]);
  return random.weighted(shares)(random);
}

export function someComputer(random: Random): Device {
  return random.weighted(computers)(random);
}

/** A computer of another browser or system than somebody's device. */
export function otherComputer(random: Random, not: Device): Device {
  for (;;) {
    const device = someComputer(random);
    if (device.family !== not.family || device.system !== not.system) return device;
  }
}

/** A device of the same browser family on another system, if one is drawn soon; otherwise any other. */
export function sameFamily(random: Random, as: Device): Device {
  for (let tries = 0; tries < 60; tries++) {
    const device = random.chance(0.5) ? someComputer(random) : someDevice(random);
    if (device.family === as.family && (device.system !== as.system || device.form !== as.form)) return device;
  }
  return otherComputer(random, as);
}

/** Programs that replay a cookie, as they name themselves when nobody tells them otherwise. */
export const tools: readonly [string, ...string[]] = [
  "curl/8.11.1",
  "python-requests/2.32.3",
  "Go-http-client/1.1",
  "axios/1.7.9",
  "okhttp/4.12.0",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/147.0.0.0 Safari/537.36",
  "Apache-HttpClient/4.5.14 (Java/17.0.9)",
  "node-fetch/3.3.2 (+https://github.com/node-fetch/node-fetch)",
  "PostmanRuntime/7.43.0",
  "Wget/1.21.4",
];
