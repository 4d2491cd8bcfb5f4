import { createSessionStore, type SessionId, type SessionStore } from "../../src/index.js";
import { type Act, dayMs, hourMs, type Life, spanMs } from "./life.js";

/** What became of a life in the store: every id it had, oldest first. */
export interface Lived {
  readonly life: Life;
  readonly ids: readonly SessionId[];
}

interface Living {
  readonly life: Life;
  readonly ids: SessionId[];
  token: string | undefined;
  old: string | undefined;
}

/**
 * Lives every session through the public library, in the order of time, under a clock that is moved over the week before
 * `end`. Idle windows, tombstones and events last the week, since Redis lets them go by its own clock.
 */
export async function drive(
  redis: string,
  lives: readonly Life[],
  end: number,
  onAct: () => void,
): Promise<readonly Lived[]> {
  const begin = end - spanMs;
  let now = begin;
  const sessions = createSessionStore({
    redis,
    clock: () => now,
    idleMs: 2 * spanMs,
    absoluteMs: 30 * dayMs,
    tombstoneMs: spanMs + hourMs,
    maxEvents: 2_000_000,
  });
  const living = lives.map((life): Living => ({ life, ids: [], token: undefined, old: undefined }));
  const acts = living
    .flatMap((one) => one.life.acts.map((act) => ({ act, one })))
    .toSorted((a, b) => a.act.at - b.act.at);
  try {
    for (const { act, one } of acts) {
      now = Math.max(now, begin + Math.round(act.at));
      await perform(sessions, act, one);
      onAct();
    }
  } finally {
    await sessions.close();
  }
  return living;
}

async function perform(sessions: SessionStore, { does, client }: Act, one: Living): Promise<void> {
  const { user } = one.life;
  switch (does) {
    case "visit":
    case "sign-in": {
      const { token, session } = await sessions.create({
        client,
        ...(does === "visit" ? {} : { user, level: "aal1" }),
      });
      one.token = token;
      one.ids.push(session.id);
      return;
    }
    case "login": {
      const next = await sessions.rotate(one.token ?? "", { user, level: "aal1", client });
      if (!next.ok) throw new Error(`a login was refused: ${next.reason}`);
      one.old = one.token;
      one.token = next.token;
      one.ids.push(next.session.id);
      return;
    }
    case "request": {
      const check = await sessions.validate(one.token ?? "", client);
      if (!check.ok) throw new Error(`a request was refused: ${check.reason}`);
      return;
    }
    case "logout":
      await sessions.destroy(one.token ?? "");
      one.old = one.token;
      one.token = undefined;
      return;
    case "present-old": {
      const check = await sessions.validate(one.old ?? "", client);
      if (check.ok) throw new Error("a dead token was accepted");
      return;
    }
  }
}
