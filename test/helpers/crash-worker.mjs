// A process that takes users through logins, rotations and revocations until it is killed, for crashes.test.ts.
//
// Each user's life is a chain: one session that is begun, moved and perhaps revoked. What it is about to do and what was
// done goes to a file, one JSON line each, written before and after at once: {"chain", "user", "op", "phase", "id"}.
import { openSync, writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { createSessionStore } from "../../dist/index.js";

const [redis, logFile, concurrency] = process.argv.slice(2);
const store = createSessionStore({ redis, commandTimeoutMs: 1000 });
const log = openSync(logFile, "a");

async function chainStep(chain, op, work) {
  const note = (more) => writeSync(log, `${JSON.stringify({ ...chain, op, ...more })}\n`);
  note({ phase: "begun" });
  const result = await work();
  note({ phase: "done", id: result?.session?.id });
  return result?.token;
}

async function live(number) {
  const chain = { chain: `${process.pid}-${number}`, user: `user-${process.pid}-${number}` };
  const { user } = chain;
  const data = { chain: chain.chain };
  let token = await chainStep(chain, "create", () => store.create({ data }));
  token = await chainStep(chain, "login", () => store.rotate(token, { user }));
  token = await chainStep(chain, "rotate", () => store.rotate(token, { level: "aal2" }));
  token = await chainStep(chain, "rotate", () => store.rotate(token, { user }));
  if (number % 2 === 0) await chainStep(chain, "revoke", () => store.revokeUser(user));
}

let started = 0;
async function loop() {
  for (;;) {
    // Redis may be away: the chain stays as it is, and its last line tells that nobody knows how that is.
    await live(started++).catch(() => wait(20));
  }
}

await store.listUser("nobody");
process.stdout.write("ready\n");
await Promise.all(Array.from({ length: Number(concurrency) }, loop));
