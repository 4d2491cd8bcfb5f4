import { isbot } from "isbot";

/**
 * What apps on phones and computers send through their system's own library: `Shop/3.4 CFNetwork/1410 Darwin/22`,
 * `okhttp/4.12`, `Dart/3.2 (dart:io)`. People use them, so they are no automation, though isbot takes some for it.
 */
const ofApps =
  /\b(?:okhttp|CFNetwork|Dalvik|Darwin|Dart|dart:io|Cronet|Alamofire|ReactNative|Expo|Electron|NativeHost|Volley)\b/i;

/** Headless browsers, drivers, HTTP libraries, command-line clients and scanners that isbot does not all know. */
const ofTools =
  /headless|phantomjs|puppeteer|playwright|selenium|webdriver|cypress|splash|python|aiohttp|httpx|urllib|scrapy|mechanize|curl|wget|libwww|lwp::|go-http-client|node-fetch|undici|axios|got \(|superagent|java\/|apache-httpclient|jakarta|guzzle|php\/|ruby|faraday|rest-client|powershell|postman|insomnia|httpie|k6\/|jmeter|gatling|locust|vegeta|nikto|nuclei|sqlmap|nmap|masscan|zgrab|gobuster|dirbuster|feroxbuster|ffuf|wfuzz|wpscan|acunetix|netsparker|nessus|openvas|qualys|burp|zaproxy|\bzap\/|arachni|w3af|whatweb|hydra|openbullet|silverbullet|sentry mba/i;

/** A product on its own with a version and perhaps a platform, as apps name themselves. isbot takes any such name for a bot. */
const bareProduct = /^[A-Za-z][\w.+ -]{0,39}\/v?[\d.]+(?: \([^)]*\))?$/;

/** Words by which crawlers and monitors name themselves. */
const ofCrawlers = /bot\b|crawl|spider|slurp|scan|monitor|probe|check|fetch|preview|feed|http|client|agent/i;

/** Whether a user agent is a program's that works by itself: a library, a headless browser, a scanner, a crawler. */
export function isAutomation(userAgent: string): boolean {
  if (ofTools.test(userAgent)) return true;
  if (ofApps.test(userAgent) || !isbot(userAgent)) return false;
  return !bareProduct.test(userAgent) || ofCrawlers.test(userAgent);
}
