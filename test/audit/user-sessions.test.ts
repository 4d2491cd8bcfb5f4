import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Facts } from "../../src/audit/facts.js";
import { SeenSession } from "../../src/audit/seen-session.js";
import { SessionsByUser, type UserSession } from "../../src/audit/user-sessions.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { DirectorySession } from "../../src/core/ports.js";
import { agents, home, hostileSession, idOf, now, seenWith, session } from "./population.js";

const facts = new Facts(createClientReader());

/** Takes a session in, as the engine does. */
function add(table: SessionsByUser, one: DirectorySession): void {
  table.add(one, new SeenSession(one, facts).known);
}

/** What was gathered, as plain data. */
function drained(table: SessionsByUser): Map<string, readonly UserSession[]> {
  const users = new Map<string, readonly UserSession[]>();
  table.drain(({ user, count, sessions }) => {
    expect(users.has(user)).toBe(false);
    expect(sessions()).toHaveLength(count);
    users.set(user, sessions());
  });
  return users;
}

/** Gathers these sessions. */
function gathered(sessions: Iterable<DirectorySession>): Map<string, readonly UserSession[]> {
  const table = new SessionsByUser();
  for (const one of sessions) add(table, one);
  return drained(table);
}

describe("sessions gathered by user", () => {
  it("are what a map of lists would hold", () => {
    fc.assert(
      fc.property(fc.array(hostileSession, { maxLength: 30 }), (sessions) => {
        const expected = new Map<string, string[]>();
        for (const { user, id } of sessions) {
          if (user !== undefined) expected.set(user, [...(expected.get(user) ?? []), id]);
        }
        const ids = [...gathered(sessions)].map(([user, own]) => [user, own.map(({ id }) => id).toSorted()]);
        expect(ids).toEqual([...expected].map(([user, own]) => [user, own.toSorted()]));
      }),
    );
  });

  it("are whole over many thousands", () => {
    const many = function* (): Iterable<DirectorySession> {
      for (let n = 0; n < 10_000; n++)
        yield session({ id: idOf(n), user: `user ${n % 7}`, createdAt: n, lastSeenAt: now + n });
    };
    const users = gathered(many());
    expect([...users.values()].map((own) => own.length)).toEqual([1429, 1429, 1429, 1429, 1428, 1428, 1428]);
    for (const [user, own] of users) {
      for (const { id, createdAt, lastSeenAt } of own) {
        expect(id).toBe(idOf(createdAt ?? -1));
        expect(lastSeenAt).toBe(now + (createdAt ?? -1));
        expect(user).toBe(`user ${(createdAt ?? -1) % 7}`);
      }
    }
  });

  it("leave unknown what is not known", () => {
    const [own] = gathered([session({ createdAt: undefined, lastSeenAt: undefined, sightings: [] })]).values();
    expect(own).toMatchObject([
      { id: idOf(0), createdAt: undefined, lastSeenAt: undefined, client: undefined, visits: [] },
    ]);
  });

  it("have equal clients for equal browsers, systems and forms, whatever the version", () => {
    const withAgent = (userAgent: string) => seenWith({ ip: home, userAgent });
    const { chromeWindows, chromeWindowsNext, firefoxWindows } = agents;
    const [own] = gathered([firefoxWindows, chromeWindowsNext, chromeWindows].map(withAgent)).values();
    const [chrome, next, firefox] = own?.map(({ client }) => client) ?? [];
    expect(chrome).toBe(next);
    expect(firefox).not.toBe(chrome);
  });

  it.each(["", "a3", "A".repeat(32), "g".repeat(32), `${"a".repeat(31)}/`, "\u0130".repeat(32)])(
    "keep the odd id %j",
    (id) => {
      const table = new SessionsByUser();
      add(table, session({ id }));
      expect([...drained(table).values()]).toMatchObject([[{ id }]]);
      add(table, session());
      expect([...drained(table).values()]).toMatchObject([[{ id: idOf(0) }]]);
    },
  );

  it("are forgotten once handed over", () => {
    const table = new SessionsByUser();
    add(table, session());
    drained(table);
    add(table, session({ id: idOf(1), user: "bob" }));
    expect([...drained(table)]).toMatchObject([["bob", [{ id: idOf(1) }]]]);
    expect([...drained(table)]).toEqual([]);
  });
});
