import type { Watch } from "../app/watch.js";
import type { Change, Clock, SessionDirectory } from "../core/ports.js";
import type { Effect, TopEvent } from "./events.js";
import { problemOf } from "./problem.js";
import type { Target } from "./target.js";

/** What effects work on. */
export interface EffectOptions {
  readonly directory: SessionDirectory;
  readonly watch: Watch;
  readonly clock: Clock;
  /** Who is at the screen, kept with what is changed. */
  readonly actor: string | undefined;
  readonly dispatch: (event: TopEvent) => void;
  readonly repaint: () => void;
  readonly suspend: () => void;
  /** Called with the exit code when nothing is under way any more. */
  readonly quit: (code: number) => void;
}

/** Does what the reducer asks for and dispatches what comes of it; never throws. */
export function createEffects(options: EffectOptions): (effect: Effect) => void {
  const { directory, watch, clock, actor, dispatch } = options;
  let changing: Promise<void> = Promise.resolve();

  const look = async () => {
    try {
      dispatch({ type: "looked", look: await watch.look() });
    } catch (error) {
      dispatch({ type: "look-failed", at: clock(), problem: problemOf(error) });
    }
  };
  const readSession = async (id: string) => {
    try {
      dispatch({ type: "session-read", id, row: await watch.session(id) });
    } catch {
      // The next look says what is wrong; the page keeps what it has.
    }
  };
  const change = async (run: (ids: readonly string[]) => Promise<readonly Change[]>, targets: readonly Target[]) => {
    try {
      const changes = await run(targets.map(({ id }) => id));
      dispatch({ type: "changed", at: clock(), changes });
    } catch (error) {
      dispatch({ type: "change-failed", at: clock(), problem: problemOf(error) });
    }
  };
  const note = { reason: "sessctl top", ...(actor !== undefined && { actor }) };

  return (effect) => {
    switch (effect.type) {
      case "look":
        void look();
        break;
      case "read-session":
        void readSession(effect.id);
        break;
      case "revoke":
        changing = change((ids) => directory.revoke(ids, note), effect.targets);
        break;
      case "expire":
        changing = change((ids) => directory.expire(ids, clock() + effect.inMs, note), effect.targets);
        break;
      case "repaint":
        options.repaint();
        break;
      case "suspend":
        options.suspend();
        break;
      case "quit":
        // A change that was confirmed is brought to its end, which its own timeouts bound.
        void changing.then(() => options.quit(effect.code));
        break;
    }
  };
}
