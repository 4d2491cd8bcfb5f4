import { describe, expect, test } from "vitest";
import type { LiveSession } from "../../src/demo/fill.js";
import { runTour, tourSteps } from "../../src/demo/tour.js";

const session = (id: string, takeover: LiveSession["takeover"]): LiveSession => ({
  id,
  token: "",
  user: `user of ${id.slice(0, 8)}`,
  client: { ip: "192.0.2.1", userAgent: "x" },
  takeover,
  hasEnded: false,
});

describe("the tour", () => {
  test("lists, looks at, judges and ends the first stolen session, by an id that no other one begins with", () => {
    const stolen = session("0123456789abcdef0123456789abcdef", "tool");
    const others = [
      session("ffffffffffffffffffffffffffffffff", undefined),
      session("0123456780000000ffffffffffffffff", undefined),
    ];
    expect(tourSteps([...others, stolen]).map((step) => step.join(" "))).toEqual([
      "list --limit 10",
      "list --user user of 01234567",
      "show 0123456789",
      "audit --anomalies",
      "revoke 0123456789 --reason hijack",
      "top --once",
    ]);
  });

  test("prints each command line before it runs it", async () => {
    const log: string[] = [];
    const run = (step: readonly string[]) => {
      log.push(`ran ${step.join(" ")}`);
      return Promise.resolve(0);
    };
    await runTour([["list"], ["top", "--once"]], run, (line) => {
      log.push(line);
      return Promise.resolve();
    });
    expect(log).toEqual(["$ sessctl list", "ran list", "", "$ sessctl top --once", "ran top --once"]);
  });

  test("stops at the first command that fails, and says which", async () => {
    const ran: string[] = [];
    const run = ([name]: readonly string[]) => {
      ran.push(name ?? "");
      return Promise.resolve(name === "show" ? 3 : 0);
    };
    const tour = runTour([["list"], ["show", "a"], ["audit"]], run, () => Promise.resolve());
    await expect(tour).rejects.toThrow("`sessctl show a` ended with 3");
    expect(ran).toEqual(["list", "show"]);
  });
});
