import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let folder: string;
let taken: string;
let quiet: string;
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-policy-"));
  const sessions = createSessionStore({ redis: redis.url });
  const bob = await sessions.create({ user: "bob", client: { ip: "198.51.100.1", userAgent: chrome } });
  quiet = bob.session.id;
  const { token, session } = await sessions.create({ user: "alice", client: { ip: "203.0.113.7", userAgent: chrome } });
  await sessions.validate(token, { ip: "192.0.2.1", userAgent: "curl/8.5.0" });
  taken = session.id;
  await sessions.close();
  const cookie = { originalMaxAge: null, httpOnly: true };
  await redis.client.set("sess:one", JSON.stringify({ cookie, userId: "carol" }));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

const run = (args: readonly string[], stdin?: string) =>
  sessctl(args.includes("--layout") ? [...args] : [...args, "--layout", "native"], {
    url: redis.url,
    ...(stdin === undefined ? {} : { stdin }),
  });
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
interface Report {
  readonly findings: readonly unknown[];
  readonly audit: { readonly known: number | null; readonly rules: readonly string[] };
  readonly policy: null | {
    readonly name: string;
    readonly requirements: readonly {
      readonly requirement: string;
      readonly layout: string;
      readonly state: string;
      readonly count: number;
    }[];
  };
}
const json = async (...args: string[]) => JSON.parse((await run(["audit", "-o", "json", ...args])).stdout) as Report;

test("--policy alone judges the policy, --anomalies alone the behaviour, and neither both", async () => {
  const policy = await json("--policy", "asvs-l2");
  expect(policy).toMatchObject({ findings: [], audit: { rules: [] }, policy: { name: "asvs-l2" } });
  const states = new Map(policy.policy?.requirements.map(({ requirement, state }) => [requirement, state]));
  expect(states.get("ASVS 7.2.3")).toBe("met");
  expect(states.get("ASVS 7.4.1")).toBe("met");
  expect(states.get("ASVS 3.3.1")).toBe("not observable");
  expect((await json("--anomalies")).policy).toBeNull();
  const both = await json();
  expect(both.policy?.name).toBe("asvs-l1");
  expect(both.findings.length).toBeGreaterThan(0);
});

test("sessions of another framework: what is against it is named, and counts for --fail-on", async () => {
  const of = ["--layout", "connect-redis", "--policy", "asvs-l2"];
  const requirements = (await json(...of)).policy?.requirements;
  expect(requirements).toContainEqual(
    expect.objectContaining({ requirement: "ASVS 7.3.2", state: "violated", count: 1 }),
  );
  expect(requirements).toContainEqual(expect.objectContaining({ requirement: "ASVS 3.3.1", state: "violated" }));
  expect(requirements).toContainEqual(expect.objectContaining({ requirement: "ASVS 3.3.4", state: "met" }));
  expect((await run(["audit", ...of, "--fail-on", "medium"])).exitCode).toBe(10);
  expect((await run(["audit", ...of, "--fail-on", "critical"])).exitCode).toBe(0);
});

test.each(["table", "markdown", "html"])("%s has the requirements", async (form) => {
  const { stdout } = await run(["audit", "-o", form, "--policy", "nist-aal2"]);
  expect(stdout).toContain("NIST inactivity");
  expect(stdout).toMatch(/\bmet\b/);
});

const verdicts = async (name: string, policy: object, ...args: string[]) => {
  const { policy: judged } = await json("--policy", file(name, JSON.stringify(policy)), ...args);
  return new Map(judged?.requirements.map(({ requirement, ...rest }) => [requirement, rest]));
};

test("a policy file of one's own", async () => {
  const own = file("own.json", `{ "name": "ours", "requirements": ["ASVS 7.3.1"], "idle": "29m" }`);
  expect((await json("--policy", own)).policy).toMatchObject({
    name: "ours",
    // The store's idle window is 30 minutes, and all sessions were used just now.
    requirements: [{ requirement: "ASVS 7.3.1", layout: "native", state: "violated", count: 2 }],
  });
});

test("a policy file can extend one that has a name, and say how many sessions there may be and who may have none", async () => {
  file("leavers.txt", "# gone since May\nmallory\n\nalice\n");
  const own = await verdicts("mine.json", {
    extends: "asvs-l2",
    maxPerUser: 1,
    disabledUsers: ["@leavers.txt", "eve"],
  });
  expect(own.size).toBe(12);
  expect(own.get("ASVS 7.4.2")).toMatchObject({ state: "violated", count: 1, sessions: [taken] });
  expect(own.get("ASVS 7.1.2")).toMatchObject({ state: "met", evidence: { mostOfAUser: 1, maxPerUser: 1 } });
  const none = await verdicts("none.json", { requirements: ["ASVS 7.1.2"], maxPerUser: 0 });
  expect(none.get("ASVS 7.1.2")).toMatchObject({ state: "violated", count: 2 });
});

test("layouts side by side are judged apart", async () => {
  const { policy } = await json("--layout", "auto", "--policy", "asvs-l1");
  const of = (id: string) => policy?.requirements.filter(({ requirement }) => requirement === id);
  expect(of("ASVS 7.2.3")).toMatchObject([
    { layout: "native", state: "met" },
    { layout: "connect-redis", state: "not observable" },
  ]);
  expect(of("ASVS 7.4.1")).toMatchObject([{ state: "met" }, { state: "not observable" }]);
  const { stdout } = await run(["audit", "--layout", "auto", "--policy", "asvs-l1"]);
  expect(stdout).toMatch(/^ {2}ASVS 3\.3\.1 {2}connect-redis {2}violated/m);
});

test("a Redis user who may not read the configuration: not observable, with the reason", async () => {
  await redis.client.call("ACL", "SETUSER", "auditor", "on", ">secret", "~*", "+@all", "-config|get", "-@dangerous");
  const url = redis.url.replace("redis+unix://", "redis+unix://auditor:secret@");
  const { stdout, exitCode } = await sessctl(["audit", "--policy", "asvs-l1", "--layout", "native"], { url });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ {2}ASVS 7\.4\.1 {2}not observable .*\n {4}Redis does not tell maxmemory-policy: \S/m);
  await redis.client.call("ACL", "DELUSER", "auditor");
});

test.each([
  [`{ "requirements": ["ASVS 7.3.9"] }`, /:1:19: there is no requirement ASVS 7.3.9/],
  [`{\n "idel": "1h" }`, /:2:2: there is no idel/],
  [`{ "requirements": ["ASVS 7.3.1"], "idle": "soon" }`, /:1:43: this must be a duration/],
  [`{}`, /:1:1: this must be an object with at least one/],
  [`{ "extends": "asvs-l9" }`, /:1:14: there is no policy asvs-l9\n.*Did you mean asvs-l1/s],
  [`{ "extends": 7 }`, /:1:14: there is no policy 7/],
  [`{ "extends": "asvs-l1", "maxPerUser": 1.5 }`, /:1:39: this must be a whole number/],
  [`{ "extends": "asvs-l1", "maxPerUsers": 1 }`, /:1:25: there is no maxPerUsers\n.*Did you mean maxPerUser\?/s],
  [`{ "extends": "asvs-l1", "disabledUsers": "eve" }`, /:1:42: this must be a list\n.*mallory/s],
  [`{ "extends": "asvs-l1", "disabledUsers": ["@nobody.txt"] }`, /:1:42: .*nobody.txt cannot be read \(ENOENT\)/],
  [`[`, /not JSON|not an object/],
])("a policy file with a mistake, %j: its line and column", async (text, message) => {
  const { stdout, stderr, exitCode } = await run(["audit", "--policy", file("bad.json", text)]);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(message);
});

test("a policy that does not exist: those that do, and the nearest", async () => {
  const unknown = await run(["audit", "--policy", "asvs-l9"]);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain("there is no policy and no file of that name");
  expect(unknown.stderr).toMatch(/Did you mean asvs-l1\? Policies: asvs-l1, asvs-l2/);
});

test("ndjson, csv and wide list requirements where nothing else is asked for", async () => {
  const lines = (await run(["audit", "--policy", "nist-aal3", "-o", "ndjson"])).stdout.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { requirement: "NIST overall", layout: "native", state: "met", count: 0 },
    { requirement: "NIST inactivity", layout: "native", state: "violated", count: 2 },
  ]);
  const csv = (await run(["audit", "--policy", "nist-aal3", "-o", "csv"])).stdout.split("\r\n");
  expect(csv[0]).toBe("requirement,layout,asks,state,severity,why,sessions,count,evidence");
  expect(csv[2]).toMatch(/^NIST inactivity,native,/);
  expect((await run(["audit", "--policy", "nist-aal3", "-o", "wide"])).stdout).toContain("NIST inactivity");
  const both = await run(["audit", "--policy", "nist-aal3", "--anomalies", "-o", "csv"]);
  expect(both).toMatchObject({ exitCode: 2, stdout: "" });
  expect(both.stderr).toContain("lists findings or requirements, and not both");
});

test("id lists the sessions in violation, each once", async () => {
  const { stdout } = await run(["audit", "--policy", "nist-aal3", "-o", "id"]);
  expect(stdout.trimEnd().split("\n").toSorted()).toEqual([taken, quiet].toSorted());
  expect((await run(["audit", "--policy", "nist-aal1", "-o", "id"])).stdout).toBe("");
  const both = await run(["audit", "--policy", "nist-aal3", "--anomalies", "-o", "id"]);
  expect(both.stdout.trimEnd().split("\n").toSorted()).toEqual([taken, quiet].toSorted());
});

test.each(["json", "ndjson"])("--baseline hides what an earlier %s has, before --fail-on", async (form) => {
  const before = await run(["audit", "--anomalies", "-o", form]);
  const baseline = file(`baseline.${form}`, before.stdout);
  const after = await json("--anomalies", "--baseline", baseline);
  expect(after.findings).toEqual([]);
  expect(after.audit.known).toBeGreaterThan(0);
  expect((await run(["audit", "--anomalies", "--fail-on", "info", "--baseline", baseline])).exitCode).toBe(0);
  const none = file("none.ndjson", "");
  expect((await run(["audit", "--anomalies", "--fail-on", "info", "--baseline", none])).exitCode).toBe(10);
});

test.each([
  ["<html>", "line 1 is no finding"],
  ["[]", "no finding"],
  [`{"a":1}`, "no finding"],
])("a baseline that is none, %j", async (text, message) => {
  const { stderr, exitCode } = await run(["audit", "--baseline", file("other", text)]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test("a baseline that is not there", async () => {
  const { stderr, exitCode } = await run(["audit", "--baseline", path.join(folder, "nowhere")]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("there is no such file");
});

test("the policy and the configuration in docs/audit.md are right", async () => {
  const page = readFileSync("docs/audit.md", "utf8");
  const examples = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  expect(examples).toHaveLength(2);
  const [policy = "", configuration = ""] = examples;
  file("leavers.txt", "");
  expect((await run(["audit", "--policy", file("page.json", policy)])).exitCode).toBe(0);
  file("offices.txt", "192.0.2.0/24\n");
  file("tor-exits.txt", "# none\n");
  const { stderr, exitCode } = await run(["audit", "--anomalies", "--config", file("config.json", configuration)]);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});
