import { expect, test } from "vitest";
import { type Desk, recorded } from "../../src/app/recorded.js";
import { SessctlError } from "../../src/core/errors.js";
import type { SessionDirectory, Trail } from "../../src/core/ports.js";
import type { TrailStep } from "../../src/core/trail.js";

/** A trail that keeps its steps, and fails at one of them. */
function deskWith(failsAt?: number): Desk & { readonly steps: TrailStep[] } {
  const steps: TrailStep[] = [];
  const trail: Pick<Trail, "name" | "append"> = {
    name: "sc:{trail}:trail",
    append: (step) => {
      if (steps.length + 1 === failsAt)
        return Promise.reject(new SessctlError("denied", "NOPERM", { hint: "Grant it." }));
      return Promise.resolve(steps.push(step));
    },
  };
  return { directory: { layout: "native" } as SessionDirectory, trail: trail as Trail, steps };
}

const ids = ["a".repeat(32), "b".repeat(32)];
const intent = { deed: "revoke", actor: "alice@host", reason: undefined, selection: "ids", ids } as const;
const report = { changes: ids.map((id) => ({ id, outcome: "revoked" as const })), left: [], error: undefined };

test("the beginning is written before anything is done, the end after it", async () => {
  const desk = deskWith();
  const result = await recorded(desk, intent, () => {
    expect(desk.steps).toEqual([{ phase: "begin", ...intent, layout: "native", count: 2 }]);
    return Promise.resolve(report);
  });
  expect(result).toEqual({ ...report, unrecorded: undefined });
  expect(desk.steps[1]).toEqual({
    phase: "end",
    of: 1,
    deed: "revoke",
    actor: "alice@host",
    done: { revoked: 2 },
    left: 0,
    stopped: undefined,
  });
});

test("when the beginning cannot be written nothing is done, and the error says so and what to grant", async () => {
  let done = false;
  const work = () => {
    done = true;
    return Promise.resolve(report);
  };
  await expect(recorded(deskWith(1), intent, work)).rejects.toMatchObject({
    code: "denied",
    message: "nothing was changed, since the trail cannot be written: NOPERM",
    hint: "Grant it. The trail is the key sc:{trail}:trail, to be read and written.",
  });
  expect(done).toBe(false);
});

test("when the end cannot be written the report has what was done, and why it is not in the trail", async () => {
  const result = await recorded(deskWith(2), intent, () => Promise.resolve(report));
  expect(result).toMatchObject({ ...report, unrecorded: { code: "denied" } });
});

test.each([
  [{ left: [ids[1] ?? ""], error: undefined }, "interrupted"],
  [
    { left: [ids[1] ?? ""], error: new SessctlError("unreachable", "Redis cannot be reached") },
    "Redis cannot be reached",
  ],
])("what stopped it is in the end: %j", async (stop, stopped) => {
  const desk = deskWith();
  await recorded(desk, intent, () => Promise.resolve({ changes: report.changes.slice(0, 1), ...stop }));
  expect(desk.steps[1]).toMatchObject({ done: { revoked: 1 }, left: 1, stopped });
});

test("a bug is thrown on, and the trail has an end all the same", async () => {
  const desk = deskWith();
  await expect(recorded(desk, intent, () => Promise.reject(new TypeError("bug")))).rejects.toThrow(TypeError);
  expect(desk.steps[1]).toMatchObject({ phase: "end", left: 2, stopped: "TypeError: bug" });
});
