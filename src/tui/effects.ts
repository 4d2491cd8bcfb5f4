import type { ChangeReport, Order } from "../app/change.js";
import { expire } from "../app/expire.js";
import { revoke } from "../app/revoke.js";
import type { Watch } from "../app/watch.js";
import type { Clock, SessionDirectory, Trail } from "../core/ports.js";
import type { Effect, TopEvent } from "./events.js";
import { problemOf } from "./problem.js";
import type { Target } from "./target.js";

/** What effects work on. */
export interface EffectOptions {
  readonly directory: SessionDirectory;
  readonly trail: Trail;
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
  const { directory, trail, watch, clock, actor, dispatch } = options;
  const desk = { directory, trail };
  let changing: Promise<void> = Promise.resolve();

  const look = async (limit: number) => {
    try {
      dispatch({ type: "looked", look: await watch.look(limit) });
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
  const change = async (run: () => Promise<ChangeReport>) => {
    try {
      const { changes, error } = await run();
      dispatch({ type: "changed", at: clock(), changes, problem: error && problemOf(error) });
    } catch (error) {
      dispatch({ type: "changed", at: clock(), changes: [], problem: problemOf(error) });
    }
  };
  const orderFor = (targets: readonly Target[]): Order => ({
    ids: targets.map(({ id }) => id),
    actor,
    reason: "sessctl top",
    selection: "chosen on the screen",
  });

  return (effect) => {
    switch (effect.type) {
      case "look":
        void look(effect.limit);
        break;
      case "read-session":
        void readSession(effect.id);
        break;
      case "revoke":
        changing = change(() => revoke(desk, orderFor(effect.targets)));
        break;
      case "expire":
        changing = change(() => expire(desk, { ...orderFor(effect.targets), endsAt: clock() + effect.inMs }));
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
