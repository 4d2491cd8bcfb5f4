import { grouped } from "../core/grouped.js";
import { formatDuration } from "../core/duration.js";
import type { Context } from "./command.js";
import type { SafeText } from "../core/safe-text.js";
import { say } from "./say.js";

/** Shows on standard error how far long work is. */
export interface Progress {
  /** So many more are done. */
  add(count: number): void;
  /** Takes the line away again; to be called before anything else is shown. */
  end(): void;
}

/** Work shorter than this shows nothing. */
const quietMs = 1000;

/** How often it is shown: often where a line is replaced, seldom where lines add up in a log. */
const everyMs = { terminal: 200, log: 10_000 };

/** Shows progress of `what` ("read", "done") once it takes over a second; `total` where it is known, `things` where they are no sessions. */
export function showProgress(
  { io, settings, connection }: Pick<Context, "io" | "settings"> & Partial<Pick<Context, "connection">>,
  what: string,
  total?: number,
  things = "sessions",
): Progress {
  const { stderr, clock } = io;
  const began = clock();
  let done = 0;
  let keys: { readonly looked: number; readonly of: number } | undefined;
  let nextAt = began + quietMs;
  let shown = false;
  const show = () => {
    const now = clock();
    if (settings.quiet || now < nextAt) return;
    nextAt = now + (stderr.isTerminal ? everyMs.terminal : everyMs.log);
    shown = true;
    const sinceMs = now - began;
    const of = total === undefined ? "" : ` of ${grouped(Math.max(total, done))}`;
    const among = keys === undefined ? "" : ` among ${grouped(keys.looked)}${keysThere(keys.of)} keys`;
    const rate = grouped(((keys?.looked ?? done) * 1000) / sinceMs);
    const left = remainingMs(sinceMs, keys?.looked ?? done, keys?.of ?? total);
    const rest = left === undefined ? "" : ` about ${formatDuration(left, 2)} left,`;
    const text = say`${what} ${grouped(done)}${of} ${things}${among},${rest} ${rate} ${keys === undefined ? "" : "keys "}a second, ${formatDuration(sinceMs, 2)}`;
    void (stderr.isTerminal ? stderr.write(replaced(cut(text, stderr.width - 1))) : stderr.line(text));
  };
  // Sessions may be few among very many keys: then these are what goes on.
  connection?.watchKeys((looked, of) => {
    keys = { looked, of };
    show();
  });
  return {
    add(count) {
      done += count;
      show();
    },
    end() {
      connection?.watchKeys(undefined);
      if (shown && stderr.isTerminal) void stderr.write(replaced(say``));
    },
  };
}

/** As much of it as fits on one line: two could not be taken away again. It is all of ASCII. */
function cut(text: SafeText, width: number): SafeText {
  return text.slice(0, Math.max(0, width)) as SafeText;
}

/** Without a number where nobody may ask for it. */
function keysThere(keys: number): string {
  return Number.isFinite(keys) ? ` of ${grouped(keys)}` : "";
}

/** How much longer it takes at the rate so far, in whole seconds; `undefined` where the end is not known or has come. */
function remainingMs(sinceMs: number, done: number, total = Infinity): number | undefined {
  const left = total - done;
  if (done === 0 || left <= 0 || !Number.isFinite(left)) return undefined;
  return Math.max(1, Math.round((sinceMs * left) / done / 1000)) * 1000;
}

/** The text in place of what stood on the line. */
function replaced(text: SafeText): SafeText {
  return `\r\u001B[K${text}` as SafeText;
}
