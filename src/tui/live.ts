import { createWatch } from "../app/watch/watch.js";
import { createClientReader } from "../clients/reader.js";
import { createEffects } from "./effects.js";
import { onEndingSignals } from "./endings.js";
import type { TopEvent } from "./events.js";
import type { TopOptions } from "./options.js";
import { reduce } from "./reducer.js";
import { openScreen, type ScreenOptions } from "./screen.js";
import type { Size } from "./size.js";
import { startState, type TopState } from "./state.js";

/** Time between two ticks in ms: how late a look that is due may begin. */
const usualTickMs = 200;

/** A stopped process continues here; one that could not be stopped, having no shell to go back to, after this time. */
const resumeMs = 250;

/** What a test has otherwise. */
export interface LiveParts {
  readonly view?: ScreenOptions["view"];
  readonly tickMs?: number;
}

/** Runs the live screen until it is quit; resolves to the exit code, rejects with what a view threw. */
export async function runLive(options: TopOptions, { view, tickMs = usualTickMs }: LiveParts = {}): Promise<number> {
  const { directory, stdin, stdout, clock, intervalMs = 2000, signals = process } = options;
  const ending = deferred<number>();
  const sizeOf = (): Size => ({ columns: stdout.columns, rows: stdout.rows });
  let state = startState({
    label: options.label,
    layout: directory.layout,
    access: options.access,
    expire: directory.capabilities.expire,
    events: directory.capabilities.events,
    still: options.still || options.look.spoken,
    size: sizeOf(),
    now: clock(),
    intervalMs,
  });
  let over = false;

  const dispatch = (event: TopEvent) => {
    if (over) return;
    try {
      const next = reduce(state, event);
      const seen = looksDifferent(state, next.state);
      ({ state } = next);
      if (seen) screen.draw(state);
      for (const effect of next.effects) runEffect(effect);
    } catch (error) {
      ending.reject(error);
    }
  };
  const screen = openScreen({
    stdin,
    stdout,
    look: options.look,
    state,
    onKey: (key) => dispatch({ type: "key", key }),
    onPaste: (text) => dispatch({ type: "pasted", text }),
    onError: ending.reject,
    ...(view !== undefined && { view }),
  });
  const resume = () => {
    if (over) return;
    screen.resume();
    dispatch({ type: "resized", size: sizeOf() });
  };
  const reader = createClientReader();
  const watch = createWatch(directory, reader, clock);
  const background = new AbortController();
  const runEffect = createEffects({
    directory,
    trail: options.trail,
    watch,
    reader,
    clock,
    signal: background.signal,
    copy: screen.copy,
    geography: options.geography,
    auditSettings: options.auditSettings,
    actor: options.actor,
    dispatch,
    repaint: screen.repaint,
    drawn: screen.drawn,
    suspend() {
      screen.suspend();
      setTimeout(resume, resumeMs);
      // To the whole group, as the terminal itself would.
      process.kill(0, "SIGTSTP");
    },
    quit: ending.resolve,
  });

  const resized = () => {
    dispatch({ type: "resized", size: sizeOf() });
    screen.repaint();
  };
  const hungUp = () => ending.resolve(129);
  const ticking = setInterval(() => dispatch({ type: "tick", at: clock() }), tickMs);
  const stopSignals = onEndingSignals(signals, ending.resolve);
  signals.on("SIGCONT", resume);
  stdout.on("resize", resized);
  // Stays to the end of the process: what is left to write may fail later.
  stdout.on("error", hungUp);
  stdin.on("end", hungUp);
  process.on("exit", screen.close);
  dispatch({ type: "tick", at: clock() });
  const warn = async () => {
    const text = await options.warning?.();
    if (text !== undefined) dispatch({ type: "warned", text });
  };
  warn().catch(ending.reject);
  try {
    return await ending.promise;
  } finally {
    over = true;
    background.abort();
    watch.close();
    clearInterval(ticking);
    stopSignals();
    signals.off("SIGCONT", resume);
    screen.close();
    stdout.off("resize", resized);
    stdin.off("end", hungUp);
    process.off("exit", screen.close);
  }
}

/** What the state keeps about reads that are under way or due, of which nothing is on the screen until the clock moves. */
const unseen: ReadonlySet<string> = new Set<keyof TopState>([
  "lookingSince",
  "lookAgain",
  "nextLookAt",
  "ended",
  "reads",
]);

/** Whether two states may look different: a frame that would be the same is not worth its time. */
function looksDifferent(before: TopState, after: TopState): boolean {
  const names = Object.keys(after) as (keyof TopState)[];
  return before !== after && names.some((name) => !unseen.has(name) && before[name] !== after[name]);
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, "resolve" | "reject"> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
}
