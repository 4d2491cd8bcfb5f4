import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import type { CreateOptions } from "../../src/core/ports.js";
import { sessctl } from "../helpers/cli.js";
import { readCsv } from "../helpers/csv.js";
import { mmdbOf } from "../helpers/mmdb.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// Sessions, files and names as bad as they come: a clear error or a sensible report, in every form.

let redis: TestRedis;
let folder: string;
const file = (name: string) => path.join(folder, name);

const day = 86_400_000;
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const from = (ip: string, userAgent = chrome): CreateOptions => ({ user: "alice", client: { ip, userAgent } });

/** Each with its sessions, and what the rules say of them. */
const populations: Readonly<
  Record<string, { readonly sessions: readonly CreateOptions[]; readonly aheadMs?: number; readonly found?: object }>
> = {
  one: { sessions: [from("203.0.113.7")] },
  two: { sessions: [from("203.0.113.7"), { user: "bob", client: { ip: "203.0.113.7", userAgent: chrome } }] },
  clientless: { sessions: [{ user: "alice" }, { client: {} }, {}] },
  zoned: { sessions: [from("fe80::1%eth0"), from("fe80::1%2")] },
  mapped: { sessions: [from("::ffff:203.0.113.7"), from("203.0.113.7"), from("::FFFF:cb00:7107")] },
  private: { sessions: ["10.0.0.1", "192.168.1.1", "127.0.0.1"].map((ip) => from(ip)) },
  reserved: { sessions: ["0.0.0.0", "255.255.255.255", "240.0.0.1", "::", "ff02::1"].map((ip) => from(ip)) },
  noaddress: { sessions: ["unknown", "", "1.2.3", "999.1.1.1", "203.0.113.7:8080"].map((ip) => from(ip)) },
  agent10k: {
    sessions: [from("203.0.113.7", `Mozilla/5.0 ${"(X11; ".repeat(1600)}`), from("203.0.113.7", "x".repeat(10_240))],
    // The second is no browser's either.
    found: [{ rule: "automation-client" }, { rule: "bad-user-agent" }, { rule: "bad-user-agent" }],
  },
  future: {
    sessions: [from("203.0.113.7")],
    aheadMs: day,
    found: [{ rule: "inconsistent", evidence: { problems: ["created-in-future", "seen-in-future"] } }],
  },
};

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-bad-input-"));
  for (const [namespace, { sessions, aheadMs = 0 }] of Object.entries(populations)) {
    const clock = () => Date.now() + aheadMs;
    const store = createSessionStore({ redis: redis.url, namespace, clock, binding: { onMismatch: "flag" } });
    for (const one of sessions) await store.create(one);
    await store.close();
  }
  // Those that cannot be decoded, among all the others.
  const damaged = createSessionStore({ redis: redis.url, namespace: "damaged" });
  for (const text of ["{", "", "\0\u0001", "[]", '{"v":99}']) {
    const { id } = (await damaged.create(from("203.0.113.7"))).session;
    await redis.client.set(`damaged:{${id.slice(0, 2)}}:session:${id}`, text, "KEEPTTL");
  }
  for (const { sessions } of Object.values(populations)) for (const one of sessions) await damaged.create(one);
  await damaged.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

const audit = (namespace: string, ...args: string[]) =>
  sessctl(["audit", "--namespace", namespace, "--layout", "native", ...args], { url: redis.url });

interface Report {
  readonly audit: { readonly sessions: number };
  readonly findings: readonly { readonly rule: string; readonly sessions: readonly string[] }[];
}

describe.each(Object.entries(populations))("%s", (namespace, { sessions, found = [] }) => {
  test("every session is counted, and only what is wrong is found", async () => {
    const { stdout, stderr, exitCode } = await audit(namespace, "-o", "json", "--anomalies");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const report = JSON.parse(stdout) as Report;
    expect(report.audit.sessions).toBe(sessions.length);
    expect(report.findings).toMatchObject(found);
  });
});

test("records that cannot be decoded are findings, each with the reason, and the rest is audited", async () => {
  const { stdout, exitCode } = await audit("damaged", "-o", "json", "--anomalies");
  const report = JSON.parse(stdout) as Report;
  expect(exitCode).toBe(0);
  expect(report.audit.sessions).toBe(5 + Object.values(populations).flatMap(({ sessions }) => sessions).length);
  expect(report.findings.filter(({ rule }) => rule === "inconsistent")).toHaveLength(5);
  expect((await audit("damaged", "--anomalies")).stdout).toMatch(
    /The record cannot be decoded \(.+\), so nothing else/,
  );
});

/** What each form must be, whatever is in it. */
const forms: Readonly<Record<string, (text: string) => void>> = {
  table: (text) => expect(text).toMatch(/sessions? audited by \d+ rules: /),
  wide: (text) => expect(text.trimEnd().split("\n").length).toBeGreaterThan(0),
  json: (text) => expect(JSON.parse(text)).toHaveProperty("findings"),
  ndjson: (text) => {
    for (const line of text.split("\n").filter((one) => one !== "")) expect(JSON.parse(line)).toHaveProperty("rule");
  },
  csv: (text) => expect(readCsv(text)[0]?.[0]).toBe("id"),
  markdown: (text) => expect(text).toMatch(/^# Session audit\n/),
  html: (text) => expect(text).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/),
  id: (text) => expect(text).toMatch(/^([0-9a-f]{32}\n)*$/),
};

describe.each(Object.entries(forms))("-o %s", (form, check) => {
  test.each(["one", "two", "damaged", "future"])("of %s", async (namespace) => {
    const { stdout, stderr, exitCode } = await audit(namespace, "-o", form);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    check(stdout);
    expect(stdout.replace(/<script>.*<\/script>/s, "")).not.toMatch(/undefined|NaN|\[object|Infinity/);
  });

  test("of no sessions at all: exit 3, and it says so", async () => {
    const { stdout, stderr, exitCode } = await audit("empty", "-o", form);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("there are no sessions to audit in namespace empty");
    check(stdout);
  });
});

describe("a database of places", () => {
  const good = mmdbOf({ "203.0.113.0/24": { country: { iso_code: "NO" } } });
  const noise = Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 7919 + (n >> 3)) & 0xff));

  test.each([
    ["empty", Buffer.alloc(0)],
    ["text", Buffer.from("not a database\n".repeat(100))],
    ["noise", noise],
    ["cut in its metadata", good.subarray(0, good.length - 20)],
    [
      "cut in its tree",
      Buffer.concat([good.subarray(0, 30), good.subarray(good.indexOf("abcdef4d61784d696e64", 0, "hex"))]),
    ],
    ["a zip", Buffer.from("504b0304140000000800", "hex")],
  ])("that is %s is an error before anything is read", async (_, bytes) => {
    writeFileSync(file("bad.mmdb"), bytes);
    for (const option of ["--geo-country", "--geo-asn", "--geo-city"]) {
      const { stdout, stderr, exitCode } = await audit("one", option, file("bad.mmdb"));
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
      expect(stderr).toMatch(new RegExp(`^sessctl: ${option}: ".*bad\\.mmdb" is no MMDB, or a damaged one\n +try: `));
    }
  });

  test("that is a folder, or that is not there", async () => {
    mkdirSync(file("folder"), { recursive: true });
    expect((await audit("one", "--geo-country", file("folder"))).stderr).toContain("it cannot be read (EISDIR)");
    expect((await audit("one", "--geo-country", file("nowhere"))).stderr).toContain("there is no such file");
  });

  test("whose records are damaged never stops an audit", async () => {
    const bytes = Buffer.from(good);
    const data = bytes.indexOf("iso_code");
    bytes.fill(0xff, data - 4, data + 6);
    writeFileSync(file("damaged.mmdb"), bytes);
    const { stdout, stderr, exitCode } = await audit("one", "--geo-country", file("damaged.mmdb"), "-o", "json");
    // Found out when it is opened or when an address is looked up: either is told.
    if (exitCode === 0) expect(JSON.parse(stdout)).toHaveProperty("audit.sessions", 1);
    else expect({ stdout, stderr, exitCode }).toMatchObject({ stdout: "", exitCode: 2 });
    expect(stderr).not.toContain("    at ");
  });
});

describe("names and files that are wrong", () => {
  test.each([
    [["--rule", "hijak"], /no audit rule "hijak"\n +try: Did you mean hijack\?/],
    [["--policy", "asvs-4"], /"asvs-4": there is no policy and no file of that name\n +try: Did you mean asvs-l\d\?/],
    [["--policy", "."], /"\.": cannot be read \(EISDIR\)/],
    [["--severity", "hihg"], /--severity.*hihg/s],
    [["--fail-on", "none"], /--fail-on.*none/s],
    [["--where", "rule = 1"], /\^/],
  ])("%j", async (args, message) => {
    const { stdout, stderr, exitCode } = await audit("one", ...args);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toMatch(message);
  });

  test.each([
    [
      "config",
      `{\n  "rules": {\n    "hijack": { "setleMs": "5m" }\n  }\n}\n`,
      "hijack.setleMs",
      "Did you mean settleMs?",
    ],
    ["config", `{\n  "rules": {\n    "hijak": { }\n  }\n}\n`, "hijak", "Did you mean hijack?"],
    ["policy", `{\n  "extends": "asvs-l2",\n    "idel": "5m"\n}\n`, "idel", "Did you mean idle?"],
  ])("a --%s with a misspelt name: its line, a caret under it, and the nearest", async (option, text, name, hint) => {
    writeFileSync(file("wrong.json"), text);
    const { stdout, stderr, exitCode } = await audit("one", `--${option}`, file("wrong.json"));
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    const [what = "", line = "", caret = "", advice = ""] = stderr.split("\n");
    const number = Number(/:(\d+):\d+: there is no/.exec(what)?.[1]);
    expect(what).toContain(`there is no ${name}`);
    expect(line.trim()).toBe(text.split("\n")[number - 1]?.trim());
    expect(line.slice(caret.indexOf("^"))).toMatch(/^"(setleMs|hijak|idel)"/);
    expect(advice).toContain(hint);
  });
});
