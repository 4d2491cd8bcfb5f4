import { codeOfSignal, type Command, startChild } from "./child.js";
import { fill, type LiveSession } from "./fill.js";
import { type Interruption, watchSignals } from "./interruption.js";
import { population } from "./population.js";
import { type PrivateRedis, startPrivateRedis } from "./server.js";
import { runTour, tourSteps } from "./tour.js";
import { startTraffic } from "./traffic.js";

/** What the demo is to do, and with what. */
export interface DemoOptions {
  /** How to start sessctl: the program and its first arguments. */
  readonly sessctl: Command;
  /** A command to run against the demo's Redis, with `SESSCTL_URL` set; without one: `top`, or the tour. */
  readonly command: readonly string[];
  /** How many people have accounts, 20 or more; sessions without a user are a third as many. */
  readonly users: number;
  /** Whether a person sits at a terminal. */
  readonly interactive: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Writes a line to standard output. */
  readonly print: (line: string) => Promise<void>;
  /** Writes a line to standard error. */
  readonly say: (line: string) => Promise<void>;
}

/**
 * Runs the demo and resolves to its exit code: the command's own, or 128 and the signal's number when it was ended by
 * Ctrl-C, SIGTERM or SIGHUP. However it ends, nothing of it is left running or on disk.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const interruption = watchSignals({ endWithParent: options.env["npm_lifecycle_event"] !== undefined });
  let redis: PrivateRedis | undefined;
  try {
    redis = await startPrivateRedis();
    return await show(options, redis, interruption);
  } catch (error) {
    if (interruption.signal === undefined) throw error;
    return codeOfSignal(interruption.signal);
  } finally {
    await redis?.stop();
    interruption.ignore();
  }
}

async function show(options: DemoOptions, redis: PrivateRedis, interruption: Interruption): Promise<number> {
  const { sessctl, command, users, interactive } = options;
  // What else is set is about another Redis: a profile of that would go beside the demo's.
  const others = Object.entries(options.env).filter(([name]) => !name.startsWith("SESSCTL_"));
  const env = { ...Object.fromEntries(others), SESSCTL_URL: redis.url, SESSCTL_NAMESPACE: "sc" };
  const start = async (words: Command, withInput: boolean): Promise<number> => {
    interruption.check();
    const child = startChild(words, { env, interactive: withInput });
    interruption.onSignal(child.kill);
    const code = await child.code;
    interruption.check();
    return code;
  };
  const live = await fill(redis.url, population({ users, anonymous: Math.round(users / 3) }), {
    check: interruption.check,
  });
  await tell(live, options.say);
  const traffic = startTraffic(redis.url, live);
  try {
    const [program, ...args] = command;
    if (program !== undefined) return await start([program, ...args], true);
    if (interactive) return await start([...sessctl, "top"], true);
    await runTour(tourSteps(live), (step) => start([...sessctl, ...step], false), options.print);
    return 0;
  } finally {
    await traffic.stop();
  }
}

async function tell(live: readonly LiveSession[], say: DemoOptions["say"]): Promise<void> {
  const users = new Set(live.map(({ user }) => user).filter((user) => user !== undefined)).size;
  const planted = live.filter(({ takeover }) => takeover !== undefined);
  await say(
    `demo: a private Redis with ${live.filter(({ hasEnded }) => !hasEnded).length} sessions of ${users} users and live ` +
      `traffic; ${planted.length} sessions are not their users' own:`,
  );
  for (const { id, user, takeover } of planted) await say(`demo: planted ${id} ${user ?? "-"} ${takeover}`);
  await say(
    "demo: of these the clone is missed by every audit: same network, same browser, nothing tells it from its owner",
  );
}
