import { describe, expect, test } from "vitest";
import { createClientReader } from "../../src/clients/reader.js";
import { clientChange } from "../../src/core/binding.js";
import type { SessionPlan } from "../../src/demo/plan.js";
import { population } from "../../src/demo/population.js";

const reader = createClientReader();
const plans = population();
const owned = plans.filter(({ user }) => user !== undefined);

/** Whether a copied token is used elsewhere, at a browser or by a program. */
function isTakenOver({ takeover }: SessionPlan): boolean {
  return takeover === "stranger" || takeover === "tool";
}

/** The clients of a plan, in the order in which they are seen. */
function clientsOf(plan: SessionPlan) {
  return [plan.client, ...plan.steps.map(({ client }) => client)];
}

/** Whether somewhere in its life a session's network and its client both differ from those at its creation. */
function changesBoth(plan: SessionPlan): boolean {
  return clientsOf(plan).some((client) => {
    const change = clientChange(plan.client, client, reader);
    return change.network && change.agent;
  });
}

describe("the population of the demo", () => {
  test("is of about 800 users with at least 2,000 sessions, and of visitors without an account", () => {
    expect(owned.length).toBeGreaterThanOrEqual(2000);
    expect(plans.length).toBeLessThan(3000);
    expect(Math.abs(new Set(owned.map(({ user }) => user)).size - 800)).toBeLessThanOrEqual(5);
    expect(plans.length - owned.length).toBeGreaterThan(200);
  });

  test("is the same on every run, and another one with another seed", () => {
    expect(population()).toEqual(plans);
    expect(population({ seed: 1 })).not.toEqual(plans);
  });

  test.each([20_261_122, 1, 2, 3, 4])("has eight stolen sessions, of different users, with seed %i", (seed) => {
    const stolen = population({ seed }).filter(isTakenOver);
    expect(stolen.length).toBe(8);
    expect(new Set(stolen.map(({ user }) => user)).size).toBe(8);
    expect(stolen.filter((plan) => !changesBoth(plan))).toEqual([]);
    expect(new Set(stolen.map(({ takeover }) => takeover))).toEqual(new Set(["stranger", "tool"]));
  });

  test("has them in a small population too", () => {
    const stolen = population({ users: 20, anonymous: 0 }).filter(isTakenOver);
    expect(new Set(stolen.map(({ user }) => user)).size).toBe(8);
  });

  test("changes much that means nothing: browsers update, phones get new addresses, people move", () => {
    const honest = plans.filter(({ takeover }) => takeover === undefined);
    const seen = { update: 0, address: 0, network: 0, agent: 0 };
    for (const plan of honest) {
      for (const client of clientsOf(plan)) {
        const change = clientChange(plan.client, client, reader);
        if (change.userAgent && !change.agent) seen.update += 1;
        if (change.ip && !change.network) seen.address += 1;
        if (change.network) seen.network += 1;
        if (change.agent) seen.agent += 1;
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
    expect(seen.update + seen.address).toBeGreaterThan(100);
    expect(honest.filter(changesBoth)).toEqual([]);
  });

  test("has devices of both kinds, several systems, and networks of both address families", () => {
    const agents = plans.map(({ client }) => reader.agent(client.userAgent ?? ""));
    expect(new Set(agents.map(({ form }) => form))).toEqual(new Set(["desktop", "mobile", "other"]));
    const systems = new Set(agents.map(({ os }) => os));
    for (const system of ["Windows", "macOS", "Linux", "Android", "iOS"]) expect(systems).toContain(system);
    expect(plans.filter(({ client }) => reader.network(client.ip ?? "") === undefined)).toEqual([]);
    expect(plans.some(({ client }) => client.ip?.includes(":"))).toBe(true);
    expect(new Set(plans.map(({ client }) => reader.network(client.ip ?? ""))).size).toBeGreaterThan(500);
  });

  test("keeps every session within its idle window at every step, also for a Redis whose clock is not moved", () => {
    for (const plan of plans) {
      // Until the last step, so much time must be left from the creation on.
      expect(plan.idleMs).toBeGreaterThan(plan.createdAgo + 60_000);
      expect(plan.absoluteMs).toBeGreaterThan(plan.createdAgo);
      const agos = [plan.createdAgo, ...plan.steps.map(({ ago }) => ago)];
      expect(agos).toEqual(agos.toSorted((a, b) => b - a));
      expect(Math.min(...agos)).toBeGreaterThan(0);
    }
  });
});
