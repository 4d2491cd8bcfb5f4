import path from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startOnTerminal } from "../helpers/pty.js";

const sessctl = path.resolve(import.meta.dirname, "../../bin/sessctl.js");

test("the demo as somebody sees it first: it lives, a finds the stolen session, x ends it, and it is gone from Redis", async () => {
  const program = startOnTerminal([process.execPath, sessctl, "demo", "--users", "60"], { columns: 120, rows: 40 });
  let redis: Redis | undefined;
  try {
    await program.until("[Sessions]", 20_000);
    const first = await program.until(/\d\d:\d\d:\d\dZ/);
    const clock = /\d\d:\d\d:\d\dZ/.exec(first)?.[0] ?? "";
    await program.until((text) => /\d\d:\d\d:\d\dZ/.test(text) && !text.includes(clock));
    const socket = /redis\+unix:\/\/(\S+\.sock)/.exec(program.screen.text())?.[1] ?? "";
    redis = new Redis(socket);

    program.type("a");
    await program.until(/▸ (CRITICAL|HIGH) /, 20_000);
    program.type("\r");
    const sessions = await program.until(/● 1 marked/);
    const [, id = ""] = /^▸●([0-9a-f]{8}) /m.exec(sessions) ?? [];
    const stored = async () => (await redis?.keys(`sc:*:session:${id}*`))?.length;
    expect(await stored()).toBe(1);

    program.type("x");
    await program.until("Revoke this session?");
    expect(await stored()).toBe(1);
    program.type("\t\r");
    await program.until(`✔ Revoked session ${id}`);
    expect(await stored()).toBe(0);
    expect(JSON.stringify(await redis.xrange("sc:{trail}:trail", "-", "+"))).toContain(id);

    program.type("\u001b");
    await program.until((text) => !text.includes("✔ Revoked"));
    program.type("\u001b");
    await program.until(/✔(CRITICAL|HIGH) .*✔ ended|▸✔/);
    program.type("q");
    expect(await program.ended).toEqual({ exitCode: 0, signal: undefined });
    expect([program.screen.inAlternateBuffer, program.screen.cursorShown]).toEqual([false, true]);
  } finally {
    redis?.disconnect();
    await program.stop();
  }
});
