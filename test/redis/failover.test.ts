import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, type Issued, openDirectory, type SessionStore } from "../../src/index.js";
import { type ClusterNode, startCluster, type TestCluster } from "../helpers/cluster.js";
import { traffic, validation } from "../helpers/traffic.js";

/** A cluster that loses a master with requests going on. Its nodes take each other for lost after a second. */

const commandTimeoutMs = 500;
/** A busy machine runs timers late; what this shows is that no validation waits for the failover. */
const slackMs = 2000;

let cluster: TestCluster;
let store: SessionStore;
let issued: readonly Issued[];

beforeAll(async () => {
  cluster = await startCluster();
  for (const { client } of [...cluster.masters, ...cluster.replicas]) {
    await client.call("CONFIG", "SET", "cluster-node-timeout", "1000");
  }
}, 60_000);
afterAll(() => cluster.stop());
beforeEach(async () => {
  store = createSessionStore({ redis: cluster.url, commandTimeoutMs });
  issued = await Promise.all(Array.from({ length: 60 }, (_, n) => store.create({ user: `user-${n}` })));
});
afterEach(() => store.close());

const isMaster = async ({ client }: ClusterNode) => (await client.info("replication")).includes("role:master");

/** Until the replica has all that its master acknowledged: what is lost in a failover otherwise is in docs/operations.md. */
const replicated = ({ client }: ClusterNode) => client.call("WAIT", "1", "5000");

async function expectAllValid() {
  for (const { token } of issued) {
    await expect.poll(async () => (await validation(store, token)).answer, { timeout: 15_000 }).toBe("ok");
  }
}

/** Takes a master away under traffic, waits until its replica serves, and checks every answer in between. */
async function failover(from: ClusterNode, to: ClusterNode, takeAway: () => void): Promise<void> {
  await replicated(from);
  const requests = traffic(
    store,
    issued.map(({ token }) => token),
  );
  await wait(100);
  takeAway();
  await expect.poll(() => isMaster(to), { timeout: 20_000 }).toBe(true);
  await expectAllValid();
  const validations = await requests.end();
  for (const { answer, ms } of validations) {
    expect(["ok", "timeout", "unreachable", "unavailable"]).toContain(answer);
    expect(ms).toBeLessThan(commandTimeoutMs + slackMs);
  }
  const failed = validations.filter(({ answer }) => answer !== "ok").length;
  expect(failed).toBeGreaterThan(0);
  expect(failed).toBeLessThan(validations.length);
}

describe("a cluster whose master", () => {
  it("dies: fails for the sessions it had, then goes on with its replica", { timeout: 60_000 }, async () => {
    const [from, to] = [cluster.masters[0], cluster.replicas[0]];
    if (from === undefined || to === undefined) throw new Error("no master");
    await failover(from, to, () => from.server.signal("SIGKILL"));
    const next = await store.rotate(issued[0]?.token ?? "", { level: "aal2" });
    expect(next.ok).toBe(true);
    expect(await store.sweep()).toBe(0);
    const directory = openDirectory({ redis: cluster.url });
    expect((await directory.count()).sessions).toBe(60);
    await directory.close();
  });

  it("hangs and comes back: brings back nothing that was revoked meanwhile", { timeout: 60_000 }, async () => {
    const [from, to] = [cluster.masters[1], cluster.replicas[1]];
    if (from === undefined || to === undefined) throw new Error("no master");
    await failover(from, to, () => from.server.signal("SIGSTOP"));
    for (let n = 0; n < 30; n++) expect(await store.revokeUser(`user-${n}`)).toBeGreaterThan(0);
    from.server.signal("SIGCONT");
    await expect.poll(() => isMaster(from), { timeout: 20_000 }).toBe(false);
    for (const [n, { token }] of issued.entries()) {
      expect((await validation(store, token)).answer).toBe(n < 30 ? "revoked" : "ok");
    }
  });
});
