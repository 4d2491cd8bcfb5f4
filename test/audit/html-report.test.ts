import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { htmlReport } from "../../src/audit/html/page.js";
import { type AuditReport, type Finding, severities } from "../../src/audit/index.js";
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

  test("prints: every finding, without what needs a screen", async () => {
    const { page } = await open(htmlReport(some, "1.2.3"));
    await page.emulateMedia({ media: "print" });
    expect(await rows(page).count()).toBe(40);
    expect(await page.locator("form").isVisible()).toBe(false);
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
    for (const report of [reportOf(all), ...texts.slice(-14).map((text) => reportOf([finding(0, text)], text))]) {
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
