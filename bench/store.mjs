// The session store against connect-redis on node-redis, on one Redis in one run: node bench/store.mjs [rounds]
// The rounds of both are interleaved, and each row is the median of the rounds' ratios. Prints a table in Markdown.
import { RedisStore } from "connect-redis";
import { createClient } from "redis";
import { createSessionStore } from "../dist/index.js";
import { cpuOf, rate, row } from "./lib/measure.mjs";
import { startRedis } from "./lib/redis-server.mjs";

const rounds = Number(process.argv[2] ?? 7);
const warmUp = 2;
const sessions = 5000;
const together = 64;
const validations = 20_000;
const creations = 4000;

const client = {
  ip: "203.0.113.7",
  userAgent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36",
};
const data = { cart: ["book", "lamp"], locale: "en-GB" };

const redis = await startRedis();
const admin = await createClient({ socket: { path: redis.socket } }).connect();
const theirClient = await createClient({ socket: { path: redis.socket } }).connect();
const theirs = new RedisStore({ client: theirClient });
const ours = createSessionStore({ redis: redis.url });

/** The same content, as an application on express-session would keep it. */
const theirSession = (n) => ({
  cookie: {
    originalMaxAge: 1_800_000,
    expires: new Date(Date.now() + 1_800_000).toISOString(),
    httpOnly: true,
    path: "/",
  },
  user: `user${n}`,
  level: "aal1",
  createdAt: Date.now(),
  authenticatedAt: Date.now(),
  ...client,
  data,
});
const usedMemory = async () => Number(/used_memory:(\d+)/.exec(await admin.info("memory"))[1]);

try {
  const memory = [await usedMemory()];
  const tokens = [];
  await rate(sessions, together, async (n) => {
    tokens[n] = (await ours.create({ user: `user${n}`, level: "aal1", client, data })).token;
  });
  memory.push(await usedMemory());
  await rate(sessions, together, (n) => theirs.set(`s${n}`, theirSession(n)));
  memory.push(await usedMemory());

  const results = { validate: [[], []], cpu: [[], []], create: [[], []] };
  // The first rounds teach the compilers and touch the memory.
  for (let round = -warmUp; round < rounds; round++) {
    const sides = [
      {
        validate: (n) => ours.validate(tokens[n % sessions], client),
        create: async (n) => ours.destroy((await ours.create({ user: `new${n}`, level: "aal1", client, data })).token),
      },
      {
        async validate(n) {
          const sid = `s${n % sessions}`;
          await theirs.touch(sid, await theirs.get(sid));
        },
        async create(n) {
          await theirs.set(`n${n}`, theirSession(n));
          await theirs.destroy(`n${n}`);
        },
      },
    ];
    // Who goes first changes, so that neither always has the warmer machine.
    for (const side of Math.abs(round) % 2 === 0 ? [0, 1] : [1, 0]) {
      const before = await cpuOf(admin);
      const validated = await rate(validations, together, sides[side].validate);
      const cpu = ((await cpuOf(admin)) - before) / validations / 1e-6;
      const created = await rate(creations, together, sides[side].create);
      if (round < 0) continue;
      results.validate[side].push(validated);
      results.cpu[side].push(cpu);
      results.create[side].push(created);
    }
  }
  console.log(`| the store, ${rounds} rounds | sessctl | connect-redis on node-redis | ratio (spread) | target | |`);
  console.log("| --- | ---: | ---: | ---: | ---: | --- |");
  const table = [
    row(`validate, ${together} at once`, ...results.validate, { better: "higher", target: 1.3, unit: "/s" }),
    row("validate, CPU of Redis", ...results.cpu, { better: "lower", target: 1.1, unit: "µs" }),
    row("create and destroy", ...results.create, { better: "higher", target: 0.8, unit: "/s" }),
    row(
      "memory, indexes and events included",
      [(memory[1] - memory[0]) / sessions],
      [(memory[2] - memory[1]) / sessions],
      {
        better: "lower",
        target: 1.3,
        unit: "bytes",
      },
    ),
  ];
  console.log(table.join("\n"));
} finally {
  await ours.close();
  admin.destroy();
  theirClient.destroy();
  redis.stop();
}
