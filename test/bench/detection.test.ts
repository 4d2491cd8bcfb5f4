import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { baselines, likeness } from "../../bench/detection/baselines.js";
import type { Lived } from "../../bench/detection/drive.js";
import { Truth } from "../../bench/detection/judge.js";
import { attacks, churns, type Life, spanMs } from "../../bench/detection/life.js";
import { development, heldOut } from "../../bench/detection/plans.js";
import { livesOf } from "../../bench/detection/population.js";
import { projectedPrecision, wilson } from "../../bench/detection/score.js";
import { agents, home, office, seenWith } from "../audit/population.js";

const sha = (lives: readonly Life[]) => createHash("sha256").update(JSON.stringify(lives)).digest("hex").slice(0, 16);

describe("the figures", () => {
  it("have Wilson's intervals", () => {
    expect(wilson(5, 10)).toMatchObject({ share: 0.5, low: expect.closeTo(0.2366), high: expect.closeTo(0.7634) });
    expect(wilson(0, 10)).toMatchObject({ low: 0, high: expect.closeTo(0.2775) });
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
  });

  it("project precision to how rare thefts are", () => {
    // Of 100,000 sessions one is attacked and found, and 100 honest ones are alerted on.
    expect(projectedPrecision(1, 0.001, 1e-5)).toBeCloseTo(1 / 101, 4);
  });
});

describe("the baselines", () => {
  it("have difflib's ratio", () => {
    expect(likeness("abcd", "bcde")).toBe(0.75);
    expect(likeness("private thread", "private volatile thread")).toBeCloseTo(0.757, 3);
    expect(likeness("", "")).toBe(1);
  });

  const alertsOf = (session: ReturnType<typeof seenWith>) =>
    baselines(
      () => undefined,
      (userAgent) => userAgent.startsWith("curl"),
    )
      .filter(({ alerts }) => alerts(session))
      .map(({ name }) => name);
  const at = (ip: string, userAgent: string, after = 0) => ({ ip, userAgent, after });
  const { chromeWindows, chromeWindowsNext, curl, firefoxLinux } = agents;

  it.each([
    ["nothing", [at(home, chromeWindows)], []],
    ["an update", [at(home, chromeWindows), at(home, chromeWindowsNext, 1)], ["exact mismatch"]],
    ["two places at once", [at(home, chromeWindows), at(office, chromeWindows, 1)], ["exact mismatch", "Elastic"]],
    ["two places in a day", [at(home, chromeWindows), at(office, chromeWindows, 9e6)], ["exact mismatch"]],
    [
      "another browser elsewhere",
      [at(home, chromeWindows), at(office, firefoxLinux, 9e6)],
      ["exact mismatch", "Panther"],
    ],
    ["a tool", [at(home, curl)], ["Elastic"]],
  ])("alert as theirs do on %s", (_, clients, names) => {
    expect(alertsOf(seenWith(...clients))).toEqual(names);
  });
});

describe("the judge", () => {
  const life = (kind: Life["attack"]): Life => ({ user: "alice", acts: [], churn: "none", attack: kind });
  const lived: readonly Lived[] = [
    { life: life(undefined), ids: ["honest"] },
    { life: life({ kind: "naive", number: 0 }), ids: ["taken"] },
    { life: life({ kind: "naive", number: 1 }), ids: ["missed"] },
    { life: life({ kind: "stuffing", number: 0 }), ids: ["stuffed 1"] },
    { life: life({ kind: "stuffing", number: 0 }), ids: ["stuffed 2"] },
    { life: life({ kind: "perfect clone", number: 0 }), ids: ["clone"] },
  ];

  it("counts a campaign once, and leaves the clone out of recall", () => {
    const verdict = new Truth(lived).judge({ name: "", alerts: [["taken", "honest"], ["stuffed 2"], ["honest"]] });
    expect(verdict.recall).toMatchObject({ hits: 2, of: 3 });
    expect(verdict.byAttack.get("stuffing")).toMatchObject({ hits: 1, of: 1 });
    expect(verdict.byAttack.get("perfect clone")).toMatchObject({ hits: 0, of: 1 });
    expect(verdict.precision).toMatchObject({ hits: 2, of: 3 });
    expect(verdict.falseAlerts).toMatchObject({ hits: 1, of: 1 });
    expect(verdict.byChurn.get("none")).toMatchObject({ hits: 1, of: 1 });
  });
});

describe("the populations", () => {
  it("are made anew alike, with every kind of churn and of attack", () => {
    const some = { ...development, users: 2000 };
    const lives = livesOf(some);
    expect(sha(livesOf(some))).toBe(sha(lives));
    expect(new Set(lives.flatMap(({ attack }) => attack?.kind ?? []))).toEqual(new Set(attacks));
    expect(new Set(lives.map(({ churn }) => churn))).toEqual(new Set(churns));
    for (const { acts } of lives) {
      expect(acts.length).toBeGreaterThan(0);
      expect(acts.every(({ at }, n) => at >= (acts[n - 1]?.at ?? 0) && at < spanMs)).toBe(true);
    }
  });

  it("that is held out is the one of which figures were published: a change of the generator makes another", () => {
    expect(sha(livesOf(heldOut))).toBe("ba6d35c1ffba049c");
  });
});
