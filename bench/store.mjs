// The session store against connect-redis on node-redis, on one Redis in one run: node bench/store.mjs [rounds]
// The rounds of both are interleaved, and each row is the median of the rounds' ratios. Prints a table in Markdown.
import { RedisStore } from "connect-redis";
import { createClient } from "redis";
import { createSessionStore } from "../dist/index.js";
import { cpuOf, rate, row } from "./lib/measure.mjs";
import { client, ourSession, theirId, theirSession } from "./lib/population.mjs";
import { startRedis } from "./lib/redis-server.mjs";

const rounds = Number(process.argv[2] ?? 7);
const warmUp = 2;
/** Few sessions that are asked for several times a second, and many that are asked for now and then: each time then rolls, and tells `live`. */
const populations = [5000, 100_000];
const together = 64;
const validations = 50_000;
const creations = 10_000;

for (const sessions of populations) await compare(sessions);

async function compare(sessions) {
  const redis = await startRedis();
  const admin = await createClient({ socket: { path: redis.socket } }).connect();
  const theirClient = await createClient({ socket: { path: redis.socket } }).connect();
  const theirs = new RedisStore({ client: theirClient });
  const ours = createSessionStore({ redis: redis.url });

  try {
    const tokens = [];
    await rate(sessions, together, async (n) => {
      tokens[n] = (await ours.create(ourSession(`user${n}`))).token;
    });
    await rate(sessions, together, (n) => theirs.set(theirId(n), theirSession(`user${n}`)));

    const results = { validate: [[], []], cpu: [[], []], create: [[], []], createCpu: [[], []] };
    // The first rounds teach the compilers and touch the memory.
    for (let round = -warmUp; round < rounds; round++) {
      const sides = [
        {
          validate: (n) => ours.validate(tokens[n % sessions], client),
          create: async (n) => ours.destroy((await ours.create(ourSession(`new${n}`))).token),
        },
        {
          async validate(n) {
            const sid = theirId(n % sessions);
            await theirs.touch(sid, await theirs.get(sid));
          },
          async create(n) {
            await theirs.set(`new${n}`, theirSession(`new${n}`));
            await theirs.destroy(`new${n}`);
          },
        },
      ];
      // Who goes first changes, so that neither always has the warmer machine.
      for (const side of Math.abs(round) % 2 === 0 ? [0, 1] : [1, 0]) {
        const before = await cpuOf(admin);
        const validated = await rate(validations, together, sides[side].validate);
        const cpu = ((await cpuOf(admin)) - before) / validations / 1e-6;
        const between = await cpuOf(admin);
        const created = await rate(creations, together, sides[side].create);
        const createCpu = ((await cpuOf(admin)) - between) / creations / 1e-6;
        if (round < 0) continue;
        results.validate[side].push(validated);
        results.cpu[side].push(cpu);
        results.create[side].push(created);
        results.createCpu[side].push(createCpu);
      }
    }
    console.log(
      `| the store, ${sessions.toLocaleString("en")} sessions, ${rounds} rounds | sessctl | connect-redis on node-redis | ratio (spread) | target | |`,
    );
    console.log("| --- | ---: | ---: | ---: | ---: | --- |");
    const table = [
      row(`validate, ${together} at once`, ...results.validate, { better: "higher", target: 1.3, unit: "/s" }),
      row("validate, CPU of Redis", ...results.cpu, { better: "lower", target: 1.1, unit: "µs" }),
      row("create and destroy", ...results.create, { better: "higher", target: 0.8, unit: "/s" }),
      row("create and destroy, CPU of Redis", ...results.createCpu, { better: "lower", unit: "µs" }),
    ];
    console.log(`${table.join("\n")}\n`);
  } finally {
    await ours.close();
    admin.destroy();
    theirClient.destroy();
    redis.stop();
  }
}
