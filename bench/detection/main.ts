/**
 * How well the audit finds stolen sessions, on generated populations of which the truth is known: `npm run bench:detection`.
 * Writes bench/detection.md. Arguments: `development` or `held-out` for one population only, which writes nothing;
 * `mistakes` after it lists what was missed and what was alerted on wrongly.
 */
import { writeFileSync } from "node:fs";
import { audit } from "../../src/app/audit.js";
import { openGeography } from "../../src/cli/geography.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { DirectorySession } from "../../src/core/ports.js";
import { openDirectory } from "../../src/redis/open.js";
import { startRedis } from "../../test/helpers/redis.js";
import { baselines } from "./baselines.js";
import { drive } from "./drive.js";
import { alertsOf, baselineAlerts, Truth } from "./judge.js";
import { mistakesText } from "./mistakes.js";
import { development, heldOut } from "./plans.js";
import { livesOf, type PopulationPlan } from "./population.js";
import { type Judged, reportText } from "./report.js";

const [only, extra] = process.argv.slice(2);
const plans = [development, heldOut].filter(({ name }) => only === undefined || name.replace(" ", "-") === only);
if (plans.length === 0) throw new Error(`there is no population ${JSON.stringify(only)}: development, held-out`);

const geo = openGeography({ geoCountry: undefined, geoAsn: undefined, geoCity: undefined });
for (const kind of ["country", "asn"] as const) {
  const why = geo.lacks(kind);
  if (why !== undefined) throw new Error(`nothing can be said of networks: ${why}`);
}
const judged: Judged[] = [];
for (const plan of plans) judged.push(await judge(plan));
const text = reportText(judged);
process.stdout.write(text);
if (only === undefined) writeFileSync("bench/detection.md", text);

async function judge(plan: PopulationPlan): Promise<Judged> {
  const redis = await startRedis();
  try {
    const lives = livesOf(plan);
    const acts = lives.reduce((sum, life) => sum + life.acts.length, 0);
    process.stderr.write(`${plan.name}: ${lives.length} sessions, ${acts} acts\n`);
    let done = 0;
    const end = Date.now();
    const lived = await drive(redis.url, lives, end, () => {
      if (++done % 20_000 === 0) process.stderr.write(`${plan.name}: ${done} of ${acts}\n`);
    });
    const truth = new Truth(lived);
    const directory = openDirectory({ redis: redis.url, clock: () => end, commandTimeoutMs: 30_000 });
    const reader = createClientReader();
    const { report } = await audit(directory, { reader, geo }, {}, end);
    const sessions: DirectorySession[] = [];
    for await (const batch of directory.walk()) sessions.push(...batch);
    await directory.close();
    if (extra === "mistakes") process.stdout.write(mistakesText(lived, report, sessions));
    const others = baselines(
      (ip) => geo.place(ip).asn,
      (userAgent) => reader.agent(userAgent).form === "other",
    );
    return {
      plan,
      sessions: lives.length,
      data: report.audit.data,
      all: truth.judge({ name: "sessctl audit", alerts: alertsOf(report) }),
      rules: report.audit.rules.map((rule) => truth.judge({ name: rule, alerts: alertsOf(report, rule) })),
      baselines: others.map((one) => ({
        about: one.about,
        verdict: truth.judge({ name: one.name, alerts: baselineAlerts(one, sessions) }),
      })),
    };
  } finally {
    await redis.stop();
  }
}
