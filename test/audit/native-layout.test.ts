import { afterAll, beforeAll, expect, it } from "vitest";
import { createClientReader } from "../../src/clients/reader.js";
import { audit } from "../../src/app/audit.js";
import { createSessionStore, openDirectory } from "../../src/index.js";
import { testClock } from "../helpers/clock.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import { abroad, agents, geo, home, office } from "./population.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it("sessions as the store writes them: what was done to each is what is found", async () => {
  const clock = testClock();
  const store = createSessionStore({ redis: redis.url, clock });
  const directory = openDirectory({ redis: redis.url, clock });
  const owner = { ip: home, userAgent: agents.chromeWindows };
  const begin = async (user: string) => store.create({ user, client: owner });

  const quiet = await begin("quiet");
  const taken = await begin("taken");
  const moved = await begin("moved");
  const changed = await begin("changed");
  clock.advance(60_000);
  await store.validate(quiet.token, owner);
  await store.validate(taken.token, { ip: abroad, userAgent: agents.curl });
  await store.validate(moved.token, { ...owner, ip: office });
  await store.validate(changed.token, { ...owner, userAgent: agents.firefoxWindows });
  clock.advance(1000);
  for (let n = 0; n < 6; n++) await begin("crowd");
  const broken = await begin("broken");
  await redis.client.set(`sc:{${broken.session.id.slice(0, 2)}}:session:${broken.session.id}`, "{", "KEEPTTL");

  const { report } = await audit(directory, { reader: createClientReader(), geo }, {}, clock());
  expect(report.audit).toMatchObject({ sessions: 11, layout: "native" });
  expect(report.notRun.map(({ rule }) => rule)).toEqual(["weak-id", "cookie-flags"]);
  expect(report.findings.map(({ rule, user }) => [rule, user])).toEqual([
    ["tool-replay", "taken"],
    ["concurrent-excess", "crowd"],
    ["client-change", "changed"],
    ["inconsistent", null],
    ["network-change", "moved"],
  ]);
  expect(report.findings[0]?.sessions).toEqual([taken.session.id]);
  expect(report.findings[3]?.sessions).toEqual([broken.session.id]);
  expect(JSON.stringify(report)).not.toContain(taken.token);
  await directory.close();
  await store.close();
});
