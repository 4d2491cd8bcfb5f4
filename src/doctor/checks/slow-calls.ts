import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";

/** Whether sessions wait for something slow. */
export const slowCalls: ServerCheck = {
  of: "server",
  id: "slow-calls",
  group: "server",
  title: "slow calls",
  why: "A server does one thing at a time: every request waits while a slow call runs.",
  examine({ slowCalls: calls }) {
    if (!calls.known) return unknown(whyUnknown(calls));
    const slowest = calls.value.toSorted((a, b) => b.tookMs - a.tookMs)[0];
    if (slowest === undefined) return ok("none in the slow log", { count: 0 });
    const ours = calls.value.filter(({ script }) => script !== undefined).toSorted((a, b) => b.tookMs - a.tookMs)[0];
    const facts = {
      count: calls.value.length,
      slowestMs: slowest.tookMs,
      slowestCommand: slowest.command,
      slowestScript: ours?.script ?? null,
      slowestScriptMs: ours?.tookMs ?? null,
    };
    const saw = `${calls.value.length} in the slow log, the slowest ${slowest.command} with ${slowest.tookMs.toFixed(1)} ms`;
    const blocking = calls.value.find(({ command }) => ["KEYS", "FLUSHALL", "FLUSHDB", "SORT"].includes(command));
    if (blocking !== undefined) {
      return wrong("warning", `${saw}; ${blocking.command} is among them`, facts, [
        { in: "redis", text: "SLOWLOG GET 128" },
        {
          in: "words",
          text: `Find who runs ${blocking.command}, and take the right to it away: ACL SETUSER … -@dangerous.`,
        },
      ]);
    }
    if (ours === undefined) return ok(`${saw}; none is a script of sessctl`, facts);
    return wrong(
      "warning",
      `${saw}; of sessctl's scripts ${ours.script ?? ""} with ${ours.tookMs.toFixed(1)} ms`,
      facts,
      [
        { in: "redis", text: "SLOWLOG GET 128" },
        { in: "words", text: "A user with very many sessions, or a machine that is short of processor time or swaps." },
      ],
    );
  },
};
