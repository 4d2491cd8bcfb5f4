import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { htmlReport } from "../../src/audit/html/page.js";
import { type AuditReport, type Finding, type Judged, type PolicyReport, severities } from "../../src/audit/index.js";
import { chromiumPath, startChromium } from "../helpers/chromium.js";
import { hostileTexts } from "../helpers/hostile-texts.js";

const at = Date.UTC(2026, 10, 24, 14);

const client = (text: string) => ({
  at,
  ip: text,
  network: "203.0.113.0/24",
  asn: 64_500,
  asnName: text,
  kind: null,
  country: "NO",
  userAgent: text,
  client: text,
});

function finding(n: number, text: string, severity = severities[n % severities.length] ?? "info"): Finding {
  return {
    id: n.toString(16).padStart(16, "0"),
    rule: n % 2 === 0 ? "rule-a" : "rule-b",
    severity,
    title: text,
    sessions: [n.toString(16).padStart(32, "0")],
    user: text,
    ip: text,
    evidence: { before: client(text), after: client(text), [text]: text },
    firstSeenAt: at - n * 60_000,
    lastSeenAt: at - n * 30_000,
  };
}

function judged(requirement: string, layout: string, state: Judged["state"], text: string): Judged {
  const against = state === "violated" ? Array.from({ length: 20 }, (_, n) => n.toString(16).padStart(32, "f")) : [];
  const count = against.length * 100;
  return {
    requirement,
    layout,
    asks: text,
    state,
    severity: "high",
    why: text,
    evidence: {},
    sessions: against,
    count,
  };
}

function policyOf(text: string, layouts: readonly string[] = ["native"]): PolicyReport {
  const requirements = layouts.flatMap((layout) => [
    judged("ASVS 7.2.3", layout, "met", text),
    judged("ASVS 7.3.1", layout, "violated", text),
    judged("ASVS 7.4.2", layout, "not observable", text),
  ]);
  return { name: text, requirements, inViolation: [] };
}

function reportOf(findings: readonly Finding[], text = "native"): AuditReport {
  return {
    audit: {
      at,
      layout: text,
      sessions: 1000,
      since: null,
      rules: ["rule-a", "rule-b"],
      data: [{ kind: "country", name: text, date: text }],
      omitted: [],
      suppressed: [],
    },
    findings,
    notRun: [{ rule: "impossible-travel", why: text }],
  };
}

/** What a page should never do. */
interface Watched {
  readonly page: Page;
  readonly wrong: string[];
}

const reason = chromiumPath === undefined ? ": no Chromium on this machine (apt-get install chromium)" : "";

describe.skipIf(chromiumPath === undefined)(`the html report in a browser${reason}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  }, 60_000);
  afterAll(() => browser.close());

  async function open(html: string, options: BrowserContextOptions = {}): Promise<Watched> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("dialog", (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => wrong.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== "http://report.invalid/") wrong.push(`request: ${request.url()}`);
    });
    await page.route("http://report.invalid/", (route) => route.fulfill({ contentType: "text/html", body: html }));
    await page.goto("http://report.invalid/");
    return { page, wrong };
  }

  const rows = (page: Page) => page.locator("#findings tbody:visible");
  const some = reportOf(Array.from({ length: 40 }, (_, n) => finding(n, `user-${n}`)));

  test("shows every finding, what is involved and a timeline, and does nothing wrong", async () => {
    const { page, wrong } = await open(htmlReport(some, "1.2.3"));
    expect(await rows(page).count()).toBe(40);
    expect(await page.locator("#shown").textContent()).toBe("40 findings");
    expect(await page.locator(".tiles").innerText()).toMatch(/8\s+critical/);
    expect(await page.locator("svg rect").count()).toBeGreaterThan(10);
    expect(await page.locator("h2").allInnerTexts()).toEqual(
      expect.arrayContaining(["By rule", "Networks in the evidence", "Clients in the evidence", "Findings"]),
    );
    expect(await page.locator("main").innerText()).toContain("sessctl revoke");
    expect(wrong).toEqual([]);
  });

  test("filters by text, severity and rule, and shows all again", async () => {
    const { page, wrong } = await open(htmlReport(some, "1.2.3"));
    await page.fill("input[name=text]", "user-7");
    expect(await rows(page).count()).toBe(1);
    expect(await page.locator("#shown").textContent()).toBe("1 of 40 findings");
    await page.fill("input[name=text]", "");
    await page.selectOption("select[name=severity]", { label: "high or more" });
    expect(await rows(page).count()).toBe(16);
    await page.selectOption("select[name=rule]", "rule-a");
    expect(await rows(page).count()).toBe(8);
    await page.click("button[type=reset]");
    await expect.poll(() => rows(page).count()).toBe(40);
    expect(wrong).toEqual([]);
  });

  test("sorts by a column, one way and the other", async () => {
    const { page } = await open(htmlReport(some, "1.2.3"));
    const times = async () =>
      (
        await page.evaluate<string[]>(
          "Array.from(document.querySelectorAll('#findings tbody'), (body) => body.dataset.at)",
        )
      ).map(Number);
    await page.click("th[data-key=at] button");
    expect(await times()).toEqual((await times()).toSorted((a, b) => b - a));
    expect(await page.getAttribute("th[data-key=at]", "aria-sort")).toBe("descending");
    await page.click("th[data-key=at] button");
    expect(await times()).toEqual((await times()).toSorted((a, b) => a - b));
  });

  test("is whole without scripts", async () => {
    const { page, wrong } = await open(htmlReport(some, "1.2.3"), { javaScriptEnabled: false });
    expect(await rows(page).count()).toBe(40);
    expect(await page.locator("form").isVisible()).toBe(false);
    expect(wrong).toEqual([]);
  });

  test.each(["light", "dark"] as const)("has a %s look, with text that can be read", async (colorScheme) => {
    const { page } = await open(htmlReport(some, "1.2.3"), { colorScheme });
    const style = (name: string) => page.evaluate<string>(`getComputedStyle(document.body).${name}`);
    const [ink, paper] = [await style("color"), await style("backgroundColor")];
    const light = (colour: string) => Number(/\d+/.exec(colour)?.[0]);
    expect(Math.abs(light(ink) - light(paper))).toBeGreaterThan(150);
    expect(light(paper) > 128).toBe(colorScheme === "light");
  });

  test("fits a narrow screen: nothing but tables scrolls sideways", async () => {
    const { page } = await open(htmlReport(some, "1.2.3"), { viewport: { width: 390, height: 800 } });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  });

  describe("of a policy", () => {
    const both = { ...some, policy: policyOf("no session tells", ["native", "connect-redis"]) };
    const alone = { ...reportOf([]), policy: policyOf("why") };
    const only = { ...alone, audit: { ...alone.audit, rules: [] }, notRun: [] };
    const column = (page: Page, name: string) => page.locator(`#policy tbody td:nth-child(${name})`).allInnerTexts();

    test("what is against it comes first, layout by layout, with how many sessions and some of them", async () => {
      const { page, wrong } = await open(htmlReport(both, "1.2.3"));
      const states = ["violated", "violated", "not observable", "not observable", "met", "met"];
      expect((await column(page, "3")).map((text) => text.replace(" (high)", ""))).toEqual(states);
      expect((await column(page, "2")).slice(0, 2)).toEqual(["native", "connect-redis"]);
      expect((await column(page, "6"))[0]).toBe("2,000");
      expect(await page.locator("#policy tr:first-child code").count()).toBe(5);
      expect(await page.locator("#policy-counts").innerText()).toMatch(/2\s+violated\s+2\s+not observable\s+2\s+met/);
      expect(await rows(page).count()).toBe(40);
      expect(wrong).toEqual([]);
    });

    test("alone it says nothing of findings that nobody looked for", async () => {
      const { page } = await open(htmlReport(only, "1.2.3"));
      expect(await page.locator("h2").allInnerTexts()).toEqual(["Policy why", "What stands behind it"]);
      expect(await page.locator("main").innerText()).not.toMatch(/critical|rules/);
      expect(await page.locator("#policy th").allInnerTexts()).not.toContain("layout");
    });

    test.each([390, 1200])("fits %d pixels, the reason too", async (width) => {
      const { page } = await open(htmlReport(both, "1.2.3"), { viewport: { width, height: 800 } });
      const why = await page.locator("#policy tbody td:nth-child(5)").first().boundingBox();
      expect((why?.x ?? width) + (why?.width ?? 0)).toBeLessThanOrEqual(width);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    });
  });

  test("prints within the width of a page", async () => {
    // A4 between usual margins, and the longest addresses that there are.
    const wide = reportOf([finding(0, "2001:db8:aa62:7000:1234:5678:9abc:def0"), finding(1, "198.51.100.146")]);
    const { page } = await open(htmlReport({ ...wide, policy: policyOf("why") }, "1.2.3"), {
      viewport: { width: 690, height: 1000 },
    });
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(690);
  });

  test("prints: every finding, without what needs a screen", async () => {
    const { page } = await open(htmlReport(some, "1.2.3"));
    await page.emulateMedia({ media: "print" });
    expect(await rows(page).count()).toBe(40);
    expect(await page.locator("form").isVisible()).toBe(false);
    // Chromium repeats a table's head on each page, but none of the boxes that are buttons: their words have to be the head's.
    expect(await page.evaluate("getComputedStyle(document.querySelector('th button')).display")).toBe("contents");
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });

  test("runs nothing and asks for nothing, whatever is in every field", async () => {
    const texts = [
      ...Object.values(hostileTexts).map((text) => text.slice(0, 20_000)),
      "<script>alert(1)</script>",
      "</script><script>alert(1)</script>",
      "</style><img src=x onerror=alert(1)>",
      "\"><img src='http://evil.invalid/x'>",
      "' onmouseover='alert(1)",
      "javascript:alert(1)",
      "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
      "<base href=http://evil.invalid/>",
      "<meta http-equiv=refresh content='0;url=http://evil.invalid/'>",
      "<!--",
      "-->",
      "]]>",
      "&lt;b&gt;",
      "\u202Etxet",
    ];
    const all = texts.map((text, n) => finding(n, text));
    const each = texts
      .slice(-14)
      .map((text) => ({ ...reportOf([finding(0, text)], text), policy: policyOf(text, [text, "native"]) }));
    for (const report of [reportOf(all), ...each]) {
      const { page, wrong } = await open(htmlReport(report, report.audit.layout));
      expect(await rows(page).count()).toBe(report.findings.length);
      expect(await page.locator("img, base, iframe, object, a, main script, main style").count()).toBe(0);
      expect(await page.locator("main").innerText()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      expect(wrong).toEqual([]);
      await page.context().close();
    }
  }, 120_000);

  test("stays in use with ten thousand findings", async () => {
    const html = htmlReport(reportOf(Array.from({ length: 10_000 }, (_, n) => finding(n, `user-${n}`))), "1.2.3");
    const { page, wrong } = await open(html);
    await page.fill("input[name=text]", "user-9999");
    expect(await rows(page).count()).toBe(1);
    expect(html.length).toBeLessThan(40_000_000);
    expect(wrong).toEqual([]);
  }, 120_000);
});

test("a report of nothing says so", () => {
  const html = htmlReport(reportOf([]), "1.2.3");
  expect(html).toContain("Nothing was found");
  expect(html).not.toContain('id="findings"');
});
