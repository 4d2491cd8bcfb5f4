import type { Order } from "../app/change.js";
import { EventFollower } from "../app/events.js";
import { expire } from "../app/expire.js";
import type { Recorded } from "../app/recorded.js";
import { revoke } from "../app/revoke.js";
import { watchedEvent } from "../app/watch/event.js";
import type { Watch } from "../app/watch/watch.js";
import type { AuditBasis } from "../app/watch/findings.js";
import type { GeoReader } from "../clients/geography/geo-reader.js";
import { safe } from "../core/safe-text.js";
import type { ClientReader } from "../core/binding.js";
import type { Clock, SessionDirectory, Trail } from "../core/ports.js";
import { countUsers } from "./count-users.js";
import type { Effect, TopEvent } from "./events.js";
import { problemOf } from "./problem.js";
import type { Target } from "./target.js";

/** Events of the last minute are read at the start, for the rates; and never more than so many at once. */
const eventsBeforeMs = 60_000;
const eventsAtOnce = 1000;

/** What effects work on. */
export interface EffectOptions {
  readonly directory: SessionDirectory;
  readonly trail: Trail;
  readonly watch: Watch;
  readonly reader: ClientReader;
  readonly clock: Clock;
  readonly geography: () => Promise<GeoReader>;
  readonly auditSettings: () => Promise<AuditBasis["settings"]>;
  /** Who is at the screen, kept with what is changed. */
  readonly actor: string | undefined;
  readonly dispatch: (event: TopEvent) => void;
  readonly repaint: () => void;
  /** Resolves once what was dispatched before is to be seen. */
  readonly drawn: () => Promise<void>;
  readonly suspend: () => void;
  readonly copy: (text: string) => void;
  /** Ends what goes on in the background. */
  readonly signal: AbortSignal;
  /** Called with the exit code when nothing is under way any more. */
  readonly quit: (code: number) => void;
}

/** Does what the reducer asks for and dispatches what comes of it; never throws. */
export function createEffects(options: EffectOptions): (effect: Effect) => void {
  const { directory, watch, reader, clock, actor, dispatch, signal } = options;
  const follower = new EventFollower(directory, { since: clock() - eventsBeforeMs, limit: eventsAtOnce });
  const desk = { directory, trail: options.trail };
  const orderFor = (targets: readonly Target[]): Order => ({
    ids: targets.map(({ id }) => id),
    actor,
    reason: "sessctl top",
    selection: "chosen on the screen",
  });
  let geo: GeoReader | undefined;
  let changing: Promise<void> = Promise.resolve();

  /** Dispatches what comes of it, or of its failure. */
  const told = (work: () => Promise<TopEvent>, failed: (error: unknown) => TopEvent) =>
    void work().catch(failed).then(dispatch);
  const change = async (run: () => Promise<Recorded>) => {
    try {
      const { changes, error, unrecorded } = await run();
      const wrong = error ?? unrecorded;
      dispatch({ type: "changed", at: clock(), changes, problem: wrong && problemOf(wrong) });
    } catch (error) {
      dispatch({ type: "changed", at: clock(), changes: [], problem: problemOf(error) });
    }
  };
  const control = { onProgress: (done: number) => dispatch({ type: "change-progress", done }) };

  return (effect) => {
    switch (effect.type) {
      case "look":
        return told(
          async () => ({ type: "looked", look: await watch.look(effect.request) }),
          (error) => ({ type: "look-failed", at: clock(), problem: problemOf(error) }),
        );
      case "read-rows":
        return told(
          async () => ({ type: "rows-read", ids: effect.ids, rows: await watch.sessions(effect.ids) }),
          // The next look says what is wrong; the page keeps what it has.
          () => ({ type: "rows-read", ids: effect.ids, rows: undefined }),
        );
      case "read-own":
        return told(
          async () => {
            const { query } = effect;
            const rows = query.ids === undefined ? await watch.ofUsers(query.users) : await watch.sessions(query.ids);
            return { type: "own-read", query, rows };
          },
          () => ({ type: "own-read", query: effect.query, rows: undefined }),
        );
      case "read-events":
        return told(
          async () => {
            const events = await follower.next();
            const { passedOver } = follower;
            return {
              type: "events-read",
              at: clock(),
              events: events.map((each) => watchedEvent(each, reader)),
              passedOver,
            };
          },
          (error) => ({ type: "events-failed", problem: problemOf(error) }),
        );
      case "read-load":
        return told(
          async () => ({ type: "load-read", load: await directory.load() }),
          // Not everybody may ask a server that; then it is not shown.
          () => ({ type: "load-read", load: undefined }),
        );
      case "count-users":
        return told(
          async () => ({
            type: "users-counted",
            users: await countUsers(directory, effect.exact),
            exact: effect.exact,
          }),
          () => ({ type: "users-counted", users: undefined, exact: effect.exact }),
        );
      case "locate":
        return told(
          async () => {
            // Nothing is drawn while the tables are read: the first sessions go before.
            await options.drawn();
            geo = await options.geography();
            watch.locate(geo);
            const lack = geo.lacks("country");
            return { type: "located", lack: lack === undefined ? undefined : safe(lack) };
          },
          (error) => ({ type: "located", lack: problemOf(error).message }),
        );
      case "audit":
        return told(
          async () => {
            const { auditInBackground } = await import("../app/watch/findings.js");
            // Without data on places the rules that need it say so.
            geo ??= await options.geography().catch(() => undefined);
            const basis = { reader, geo, settings: await options.auditSettings() };
            const onProgress = (read: number) => dispatch({ type: "audit-progress", read });
            return {
              type: "audited",
              audit: await auditInBackground(directory, basis, clock(), { signal, onProgress }),
            };
          },
          (error) => ({ type: "audit-failed", problem: problemOf(error) }),
        );
      case "compile-filter":
        return told(
          async () => {
            const { compileSessionFilter } = await import("../app/watch/filter.js");
            const compiled = compileSessionFilter(effect.text, reader, geo, clock());
            return { type: "filter-compiled", text: effect.text, result: { compiled } };
          },
          (error) => ({ type: "filter-compiled", text: effect.text, result: { mistake: problemOf(error) } }),
        );
      case "revoke":
        changing = change(() => revoke(desk, orderFor(effect.targets), control));
        return;
      case "expire":
        changing = change(() => expire(desk, { ...orderFor(effect.targets), endsAt: clock() + effect.inMs }, control));
        return;
      case "copy":
        return options.copy(effect.text);
      case "repaint":
        return options.repaint();
      case "suspend":
        return options.suspend();
      case "quit":
        // A change that was confirmed is brought to its end, which its own timeouts bound.
        void changing.then(() => options.quit(effect.code));
    }
  };
}
