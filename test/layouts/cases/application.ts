import type { SessionData } from "../../../src/core/session.js";
import { bytesOf, type Fixture } from "../../helpers/fixture.js";
import type { ExpectedSession, LayoutCases } from "./cases.js";

/** The database of a real application by `scripts/fixtures/make.mjs`, with what the application itself says of its sessions. */
export interface ApplicationFixture extends Fixture {
  readonly sessions: readonly { readonly id: string; readonly user?: string }[];
}

/** What the layout must tell of an application's sessions, beside what the application says of them. */
export interface ApplicationCases extends Omit<LayoutCases, "sessions" | "left"> {
  readonly fixture: ApplicationFixture;
  /** What stands before the session id in a key. */
  readonly before: string;
  /** Keys of the fixture that belong to a session and go with it; default: none. */
  readonly belongs?: RegExp;
  /** The data of a user's session, and of one without a user; default: any. */
  readonly data?: (user: string | undefined) => SessionData;
}

/** The cases of a layout by a real application: who has which session is what the application said. */
export function byApplication({ before, belongs, data, ...cases }: ApplicationCases): LayoutCases {
  const { fixture, idleMs } = cases;
  const keys = fixture.sessions.map(({ id }) => before + id);
  return {
    ...cases,
    sessions: (at) =>
      fixture.sessions.map(({ id, user }): ExpectedSession => {
        const idleEndsAt = at + ttlOf(fixture, before + id);
        return {
          key: before + id,
          secret: id,
          user,
          idleEndsAt,
          lastSeenAt: idleMs === undefined ? undefined : idleEndsAt - idleMs,
          data: data?.(user),
        };
      }),
    left: fixture.keys
      .map(({ key }) => bytesOf(key).toString())
      .filter((key) => !keys.includes(key) && belongs?.test(key) !== true),
  };
}

function ttlOf({ keys }: Fixture, name: string): number {
  return keys.find(({ key }) => key === name)?.ttlMs ?? Infinity;
}
