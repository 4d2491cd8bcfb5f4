import { describe, expect, test } from "vitest";
import { watchedEvent, type WatchedEvent } from "../../src/app/watch/event.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { SessionEvent } from "../../src/core/event.js";
import { keptEvents, noPulse, perMinute, withEvents, withUsers } from "../../src/tui/pulse.js";
import { idOf, noon } from "./driving.js";

const reader = createClientReader();

function event(type: SessionEvent["type"], at: number, user: string | undefined = "alice"): WatchedEvent {
  const nothing = { ip: undefined, userAgent: undefined, previousId: undefined, reason: undefined, actor: undefined };
  return watchedEvent({ type, at, id: idOf("aaaa"), user, ...nothing }, reader);
}

const read = (at: number, passedOver = false) => ({ at, passedOver });

describe("rates", () => {
  test("a login is a session that begins to be somebody's; anonymous ones and other events are none", () => {
    const events = [
      event("created", noon),
      event("rotated", noon),
      event("created", noon, undefined),
      event("destroyed", noon),
      event("revoked", noon),
    ].map((each, n) => (n === 2 ? { ...each, user: undefined } : each));
    const pulse = withEvents(noPulse, events, read(noon));
    expect([perMinute(pulse, "logins", noon), perMinute(pulse, "revoked", noon)]).toEqual([2, 1]);
  });

  test("are of the last minute, and fall when nothing comes", () => {
    let pulse = withEvents(noPulse, [event("created", noon)], read(noon));
    for (let at = noon + 2000; at <= noon + 80_000; at += 2000) pulse = withEvents(pulse, [], read(at));
    expect(perMinute(pulse, "logins", noon + 30_000)).toBe(1);
    expect(perMinute(pulse, "logins", noon + 80_000)).toBe(0);
  });

  test("what another clock dated far away has happened within the minute that it was told in", () => {
    const pulse = withEvents(noPulse, [event("created", noon - 9e9), event("created", noon + 9e9)], read(noon));
    expect(perMinute(pulse, "logins", noon)).toBe(2);
  });
});

test("events come latest first, and only so many are kept, as are bars", () => {
  let pulse = noPulse;
  for (let n = 0; n < 1000; n++) {
    const at = noon + n * 5000;
    pulse = withEvents(pulse, [event("created", at), event("revoked", at)], read(at, n === 999));
  }
  expect(pulse.events).toHaveLength(keptEvents);
  expect(pulse.events[0]).toMatchObject({ type: "revoked", at: noon + 999 * 5000 });
  expect(pulse.bars.length).toBeLessThanOrEqual(240);
  expect(pulse.passedOver).toBe(true);
});

test("estimates of users become steadier, and follow a change", () => {
  let pulse = noPulse;
  for (let n = 0; n < 100; n++) pulse = withUsers(pulse, n % 2 === 0 ? 900 : 1100);
  expect(Math.abs((pulse.users?.mean ?? 0) - 1000)).toBeLessThan(10);
  for (let n = 0; n < 100; n++) pulse = withUsers(pulse, 2000);
  expect(pulse.users?.mean).toBeGreaterThan(1980);
});
