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
    const of = total === undefined ? "" : ` of ${grouped(Math.max(total, done))}`;
    const among = keys === undefined ? "" : ` among ${grouped(keys.looked)} of ${grouped(keys.of)} keys`;
    const rate = grouped(((keys?.looked ?? done) * 1000) / (now - began));
    const text = say`${what} ${grouped(done)}${of} ${things}${among}, ${rate} ${keys === undefined ? "" : "keys "}a second, ${formatDuration(now - began, 2)}`;
    void (stderr.isTerminal ? stderr.write(replaced(text)) : stderr.line(text));
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

/** The text in place of what stood on the line. */
function replaced(text: SafeText): SafeText {
  return `\r\u001B[K${text}` as SafeText;
}
