import { expect, test } from "vitest";
import { isAutomation } from "../../src/clients/automation.js";
import { agents } from "../audit/population.js";

const blink = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  "curl/8.5.0",
  "python-requests/2.32.5",
  "Go-http-client/2.0",
  "Wget/1.24",
  "node",
  "axios/1.6.0",
  "PostmanRuntime/7.43",
  "Java/17.0.1",
  `Mozilla/5.0 (X11; Linux x86_64) ${blink} HeadlessChrome/149.0.0.0 Safari/537.36`,
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.00 (Nikto/2.5.0) (Evasions:None) (Test:000001)",
  "Mozilla/5.0 zgrab/0.x",
  "sqlmap/1.7.2#stable (https://sqlmap.org)",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "AcmeMonitor/1.0",
])("%s works by itself", (userAgent) => {
  expect(isAutomation(userAgent)).toBe(true);
});

const { curl, ...browsers } = agents;
test.each([
  ...Object.values(browsers),
  "okhttp/4.12.0",
  "Shop/3.4 (iPhone; iOS 18.1) CFNetwork/1410 Darwin/22.6.0",
  "Shop/3.4",
  "Shop/3.4 (Android 15)",
  "Dart/3.2 (dart:io)",
  "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)",
  `Mozilla/5.0 (Linux; Android 10; CUBOT NOTE) ${blink} Chrome/154.0.0.0 Mobile Safari/537.36`,
  `Mozilla/5.0 (Linux; Android 13; SM-G981B; wv) ${blink} Version/4.0 Chrome/154.0.0.0 Mobile Safari/537.36 [FBAN/EMA]`,
  "",
])("%s is somebody's browser or app", (userAgent) => {
  expect(isAutomation(userAgent)).toBe(false);
  expect(curl).toBeDefined();
});
