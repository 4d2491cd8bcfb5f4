import { grouped } from "../../core/grouped.js";
import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";

/** Clocks must agree to within a second or two: see docs/operations.md. */
const noticedMs = 1000;
const harmfulMs = 5000;

/** Whether the server's clock and this machine's agree. */
export const clockSkew: ServerCheck = {
  of: "server",
  id: "clock-skew",
  group: "server",
  title: "clock",
  why: "Sessions end early or late by as much as the clocks are apart, and a cutoff misses what was created in between.",
  examine({ time }) {
    if (!time.known) return unknown(whyUnknown(time));
    const { serverAt, askedAt, answeredAt } = time.value;
    // It was read somewhere on the way there and back.
    const skewMs = Math.round(serverAt - (askedAt + answeredAt) / 2);
    const marginMs = Math.ceil((answeredAt - askedAt) / 2) + 1;
    const facts = { skewMs, marginMs };
    const away = Math.abs(skewMs) - marginMs;
    const saw = `${grouped(Math.abs(skewMs))} ms ${skewMs < 0 ? "behind" : "ahead of"} this machine, ± ${marginMs} ms`;
    if (away < noticedMs) {
      return marginMs > noticedMs ? unknown(`the answer took too long to tell: ${saw}`, facts) : ok(saw, facts);
    }
    return wrong(away < harmfulMs ? "warning" : "failure", saw, facts, [
      { in: "shell", text: "timedatectl status || chronyc tracking" },
      { in: "words", text: "Run NTP on both; one of the two may be this machine." },
    ]);
  },
};
