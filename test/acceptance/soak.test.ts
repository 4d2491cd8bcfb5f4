import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGeoReader } from "../../src/clients/geography/reader.js";
import { createSessionStore, openDirectory, type SessionDirectory, type SessionStore } from "../../src/index.js";
import { openTrail } from "../../src/redis/open-trail.js";
import { runLive } from "../../src/tui/live.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// An hour of live traffic on a clock that runs 144 times faster than the world's: looks as fast as the machine gives them,
// and everything that is kept for minutes comes and goes many times. SOAK_MINUTES=10 runs ten minutes, a day of it.

const speed = 144;
const soakMs = process.env["SOAK_MINUTES"] === undefined ? 25_000 : Number(process.env["SOAK_MINUTES"]) * 60_000;
const samples = 12;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

let redis: TestRedis;
const begun = Date.now();
const clock = () => begun + (Date.now() - begun) * speed;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

function terminal() {
  const stdout = Object.assign(new PassThrough(), { columns: 120, rows: 40, isTTY: true });
  let frames = 0;
  stdout.on("data", () => frames++);
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
  return {
    stdin,
    frames: () => frames,
    streams: {
      stdin: stdin as unknown as NodeJS.ReadStream,
      stdout: stdout as unknown as NodeJS.WriteStream,
    },
  };
}

/** Logins, requests, logouts and stolen tokens; about as many sessions at any time. */
async function visit(sessions: SessionStore, tokens: string[], n: number): Promise<void> {
  const client = { ip: `203.0.113.${n % 250}`, userAgent: `Agent-${n % 5000}/1.0` };
  const { token } = await sessions.create({ user: `user-${n % 300}`, client });
  tokens.push(token);
  const seen = tokens[(n * 7) % tokens.length] ?? token;
  await sessions.validate(seen, n % 10 === 0 ? { ip: "198.51.100.7", userAgent: "curl/8" } : client);
  if (tokens.length > 150) await sessions.destroy(tokens.shift() ?? "");
}

function megabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

test(
  "an hour of live traffic leaves memory as it was",
  async () => {
    const sessions = createSessionStore({ redis: redis.url, clock });
    const directory: SessionDirectory = openDirectory({ redis: redis.url, clock });
    const trail = openTrail({ redis: redis.url });
    const screen = terminal();
    const signals = new EventEmitter();
    let looks = 0;
    const counted = new Proxy(directory, {
      get: (target, name) => {
        if (name === "recentEntries") looks++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const running = runLive(
      {
        directory: counted,
        trail,
        label: "redis://soak",
        ...screen.streams,
        clock,
        look: { colour: true, theme: "default", ascii: false, spoken: false },
        signals,
        snapshots: undefined,
        output: "table",
        access: { kind: "open" },
        still: false,
        auditSettings: () => Promise.resolve(undefined),
        geography: () => Promise.resolve(createGeoReader({})),
      },
      { tickMs: 5 },
    );
    const tokens: string[] = [];
    const keys = [
      "E",
      "\t",
      "g\r",
      "\r",
      "\u001b",
      "a",
      "\t\t\t",
      "s\r",
      "?",
      "\u001b",
      "\u001b[6~",
      "/user\r",
      "\u001b",
    ];
    const heap: number[] = [];
    const began = Date.now();
    for (let n = 0; heap.length < samples; n++) {
      await Promise.all(Array.from({ length: 8 }, (_, more) => visit(sessions, tokens, 8 * n + more)));
      // Somebody goes through the views now and then.
      if (n % 20 === 0) screen.stdin.write(keys[(n / 20) % keys.length] ?? "");
      if (Date.now() - began > (soakMs / samples) * (heap.length + 1)) heap.push(megabytes());
    }
    signals.emit("SIGTERM");
    expect(await running).toBe(143);
    await Promise.all([sessions.close(), directory.close(), trail.close()]);

    expect(screen.frames()).toBeGreaterThan(100);
    expect(looks).toBeGreaterThan(10);
    // After the first half hour nothing that is kept for a while can be new any more.
    const settled = heap.slice(samples / 2);
    const middle = settled.length / 2;
    const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
    const grown = mean(settled.slice(middle)) - mean(settled.slice(0, middle));
    // A leak of a row a look is over 9; what was seen without one, on a busy machine too, is up to 5.1.
    expect(grown).toBeLessThan(7);
  },
  soakMs * 2 + 60_000,
);
