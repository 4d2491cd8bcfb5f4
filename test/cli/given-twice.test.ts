import { Command, type Option } from "commander";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { declareProgram } from "../../src/cli/declare.js";
import type { Io } from "../../src/cli/io.js";
import { run } from "../../src/cli/program.js";
import { repeated } from "../../src/cli/values.js";
import { sessctl } from "../helpers/cli.js";
import { capturedOutput } from "../helpers/captured-output.js";

const takesValue = ({ required, optional }: Option) => required || optional;
const flagOf = ({ long, short }: Option) => long ?? short ?? "";
/** Two values that are not the same, and no mistakes in themselves where only some are taken. */
const valuesFor = ({ argChoices: [first = "first", second = "second"] = [] }: Option) => [first, second] as const;

async function attempt(...args: string[]) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()];
  const end = (): never => {
    throw new Error("ended");
  };
  const env = { SESSCTL_URL: "redis://127.0.0.1:1", XDG_CONFIG_HOME: "/nonexistent" };
  const io: Io = { stdin: process.stdin, stdout, stderr, clock: Date.now, env, end };
  return { exitCode: await run(args, io, "0"), stdout: stdout.text, stderr: stderr.text };
}

async function configured(name: string): Promise<Command> {
  const command = new Command(name);
  const loaded = await commands.find((entry) => entry.name === name)?.load();
  loaded?.configure(command);
  return command;
}

const tables = [
  ...(await Promise.all(commands.map(async ({ name }) => ({ name, options: (await configured(name)).options })))),
  { name: "list", options: declareProgram("0").options },
];
const single = tables.flatMap(({ name, options }) =>
  options
    .filter((option) => takesValue(option) && option.parseArg !== repeated)
    .map((option) => ({ name, flag: flagOf(option), option })),
);
const lists = tables.flatMap(({ name, options }) =>
  options.filter(({ parseArg }) => parseArg === repeated).map((option) => `${name} ${flagOf(option)}`),
);

test("the tables of options were found", () => {
  expect(single.length).toBeGreaterThan(50);
  expect(lists.toSorted()).toEqual([
    "audit --rule",
    "doctor --check",
    "events --type",
    "expire --keep",
    "list --columns",
    "revoke --keep",
    "stats --by",
  ]);
});

describe.each(single)("$name $flag", ({ name, flag, option }) => {
  test("given twice is a usage error that names both values, before Redis is asked", async () => {
    const [first, second] = valuesFor(option);
    const { exitCode, stdout, stderr } = await attempt(name, flag, first, flag, second);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    // A URL may hold a password.
    const values = flag === "--url" ? "" : `: "${first}" and "${second}"`;
    expect(stderr.split("\n")[0]).toBe(`sessctl: ${flag} is given twice${values}`);
    expect(stderr).toContain("  try: Give it once");
  });
});

test("the same value twice is one, and lists are lists, repeated or comma-separated", async () => {
  const url = "redis://127.0.0.1:1";
  const told = async (...args: string[]) => (await sessctl(args, { url })).stderr;
  // What is wrong then is that there is no Redis.
  expect(await told("list", "--user", "alice", "--user", "alice", "--utc", "--utc")).toContain("cannot be reached");
  expect(await told("list", "--columns", "id,user", "--columns", "ip, level")).toContain("cannot be reached");
  expect(await told("events", "--type", "created,revoked", "--type", "refused")).toContain("cannot be reached");
  expect(await told("list", "--columns", "id,user", "--columns", "ipp")).toContain('there is no column "ipp"');
});

test("a password in a URL that is given twice is not shown", async () => {
  const { stderr, exitCode } = await sessctl(["list", "--url", "redis://:secret@a", "list", "--url", "redis://b"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--url is given twice\n");
  expect(stderr).not.toContain("secret");
});
