import { expect, test } from "vitest";
import { applyChange } from "../../src/app/change.js";
import { SessctlError } from "../../src/core/errors.js";
import type { Change } from "../../src/core/ports.js";

const ids = Array.from({ length: 1200 }, (_, n) => String(n));
const revoked = (batch: readonly string[]) => Promise.resolve(batch.map((id): Change => ({ id, outcome: "revoked" })));

test("every id is changed once, and progress says how far it is", async () => {
  const progress: number[] = [];
  const report = await applyChange(ids, revoked, { onProgress: (done) => progress.push(done) });
  expect(report.changes.map(({ id }) => id)).toEqual(ids);
  expect(report).toMatchObject({ left: [], error: undefined });
  expect(progress.at(-1)).toBe(1200);
  expect(progress.length).toBeGreaterThan(1);
});

test("once interrupted, no further batch begins and the rest is named", async () => {
  const controller = new AbortController();
  const report = await applyChange(
    ids,
    (batch) => {
      controller.abort();
      return revoked(batch);
    },
    { signal: controller.signal },
  );
  expect(report.changes.length).toBeGreaterThan(0);
  expect(report.left).toEqual(ids.slice(report.changes.length));
  expect(report.left.length).toBeGreaterThan(0);
});

test("interrupted before it began, nothing is changed", async () => {
  const report = await applyChange(ids, revoked, { signal: AbortSignal.abort() });
  expect(report).toEqual({ changes: [], left: ids, error: undefined });
});

test("a lost connection ends it with what was done so far", async () => {
  let calls = 0;
  const report = await applyChange(ids, (batch) => {
    if (calls++ > 0) throw new SessctlError("unreachable", "gone");
    return revoked(batch);
  });
  expect(report.error).toMatchObject({ code: "unreachable" });
  expect(report.changes.length + report.left.length).toBe(1200);
  expect(report.changes.length).toBeGreaterThan(0);
});

test("a bug is not taken for a lost connection", async () => {
  await expect(applyChange(ids, () => Promise.reject(new TypeError("bug")))).rejects.toThrow(TypeError);
});
