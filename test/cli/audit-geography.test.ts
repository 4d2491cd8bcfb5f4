import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { mmdbOf } from "../helpers/mmdb.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// Databases of one's own, as operators have them: MaxMind's form, given by option.

let redis: TestRedis;
let folder: string;
let travelled: string;
const file = (name: string) => path.join(folder, name);
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const [london, lima] = ["81.2.69.160", "89.160.20.112"];

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-geography-"));
  const city = (name: string, code: string, latitude: number, longitude: number) => ({
    city: { names: { en: name } },
    country: { iso_code: code },
    location: { latitude, longitude, accuracy_radius: 10 },
  });
  const cities = { "81.2.69.0/24": city("London", "GB", 51, 0), "89.160.20.0/24": city("Lima", "PE", -12, -77) };
  const asn = (number: number, name: string) => ({
    autonomous_system_number: number,
    autonomous_system_organization: name,
  });
  const asns = { "81.2.69.0/24": asn(64_500, "Thames"), "89.160.20.0/24": asn(64_501, "Rimac") };
  writeFileSync(file("city.mmdb"), mmdbOf(cities, "My-City"));
  writeFileSync(file("asn.mmdb"), mmdbOf(asns, "My-ASN"));

  const times = { now: Date.now() - 3_600_000 };
  const store = createSessionStore({ redis: redis.url, clock: () => times.now, idleMs: 86_400_000 });
  const { token, session } = await store.create({ user: "alice", client: { ip: london, userAgent: chrome } });
  times.now += 600_000;
  await store.validate(token, { ip: lima, userAgent: chrome });
  travelled = session.id;
  await store.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

test("a city database has impossible-travel run, which names the cities, and the report names the databases", async () => {
  const own = ["--geo-city", file("city.mmdb"), "--geo-asn", file("asn.mmdb"), "--geo-country", file("city.mmdb")];
  const { stdout, stderr } = await sessctl(["audit", "--rule", "impossible-travel", ...own, "-o", "json"], {
    url: redis.url,
  });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({
    audit: {
      data: ["country", "asn", "city"].map((kind) => ({
        kind,
        name: expect.stringContaining(kind === "asn" ? "My-ASN" : "My-City"),
        date: "2026-05-28",
      })),
    },
    findings: [
      {
        severity: "high",
        sessions: [travelled],
        user: "alice",
        evidence: { fromCity: "London", toCity: "Lima", withinMs: 600_000, after: { asn: 64_501, country: "PE" } },
      },
    ],
    notRun: [],
  });
});
