import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { topics } from "../../src/cli/topics/index.js";
import { sessctl } from "../helpers/cli.js";

// None of these may need a Redis: this one is not there.
const url = "redis://127.0.0.1:1";

test.each(["--version", "-V"])("%s is the version and nothing else", async (option) => {
  const { stdout, stderr, exitCode } = await sessctl([option]);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

test.each([["--help"], ["-h"], ["help"], []])(
  "sessctl %s begins with examples and names every command",
  async (...args) => {
    const { stdout, stderr, exitCode } = await sessctl(args);
    expect(stdout).toMatch(/^Examples:\n {2}sessctl /);
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  },
);

describe.each(commands.map(({ name }) => name))("%s", (name) => {
  test("--help begins with examples of it and shows its own and the global options", async () => {
    const { stdout, stderr, exitCode } = await sessctl([name, "--help"]);
    expect(stdout.startsWith(`Examples:\n  sessctl ${name}`)).toBe(true);
    expect(stdout).toContain("Global Options:");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  });

  test("help with its name is the same", async () => {
    expect(await sessctl(["help", name])).toEqual(await sessctl([name, "--help"]));
  });
});

describe.each(topics.map(({ name }) => name))("help %s", (name) => {
  test("begins with examples, and fits a terminal of 80 columns but for those", async () => {
    const { stdout, stderr, exitCode } = await sessctl(["help", name]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout.startsWith("Examples:\n  ")).toBe(true);
    const [, ...rest] = stdout.split("\n\n");
    expect(
      rest
        .join("\n")
        .split("\n")
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  test("is named by the program's help, and found after global options", async () => {
    expect((await sessctl(["--help"])).stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
    expect(await sessctl(["--no-color", "help", name])).toEqual(await sessctl(["help", name]));
  });
});

test.each<[what: string, args: string[], message: RegExp]>([
  [
    "an unknown command suggests, and does not run",
    ["lst"],
    /unknown command 'lst'\n {2}try: Did you mean list or ls\?/,
  ],
  ["help on an unknown command too", ["help", "revok"], /no command or topic "revok"\n {2}try: Did you mean revoke\?/],
  [
    "help on an unknown topic",
    ["help", "exitcodes"],
    /no command or topic "exitcodes"\n {2}try: Did you mean exit-codes/,
  ],
  ["help on nonsense names the topics", ["help", "\u001B[2J"], /topic "\\u001b\[2J"\n {2}try: Topics: environment/],
  ["an unknown option suggests", ["list", "--usr", "alice"], /unknown option '--usr'\n {2}try: Did you mean --user\?/],
  ["a missing value", ["list", "--user"], /argument missing/],
  ["too many arguments", ["list", "alice"], /too many arguments/],
  ["a missing argument", ["show"], /missing required argument/],
  ["an unknown format", ["list", "-o", "xml"], /'xml' is invalid.*table, wide, json, ndjson, csv, markdown, html, id/],
  [
    "an unknown column",
    ["list", "--columns", "id,colour"],
    /no column "colour"\n {2}try: Columns: id, user, level, ip/,
  ],
  [
    "an unknown sort key",
    ["list", "--sort", "colour"],
    /--sort: cannot sort by "colour"\n {2}try: Sort keys: lastSeenAt/,
  ],
  ["a limit that is no number", ["list", "--limit", "-1"], /--limit: "-1" is not a number/],
  ["a namespace that is none", ["list", "--namespace", "a:b*"], /a namespace is/],
  ["no selector", ["revoke"], /not said which sessions\n {2}try: .*--user/],
  ["two selectors", ["revoke", "a3f09c2e", "--user", "alice"], /exclude each other/],
  ["--keep alone", ["revoke", "--keep", "a3f09c2e"], /--keep needs --user/],
  ["no end", ["expire", "a3f09c2e"], /not said when/],
  [
    "two ends",
    ["expire", "a3f09c2e", "--in", "1h", "--at", "now"],
    /--in and --at exclude each other\n {2}try: Give either/,
  ],
  ["an unknown rule", ["audit", "--rule", "astrology"], /no audit rule "astrology"\n {2}try: Rules: .*hijack/],
  ["an unknown severity", ["audit", "--fail-on", "bad"], /'bad' is invalid.*info, low, medium, high, critical/],
  ...[["acl"], ["profile", "list"], ["profile", "show"]].map((args): [string, string[], RegExp] => [
    `ids of what has none, by ${args.join(" ")}`,
    [...args, "-o", "id"],
    /has no session ids\n {2}try: Use sessctl list -o id/,
  ]),
  ["a form that top lacks", ["top", "-o", "csv"], /top has no output csv/],
  ["an interval of nothing", ["top", "--interval", "0s"], /--interval: 0s is too short\n {2}try: Give 1s to 1h/],
  ["an interval of days", ["top", "--interval", "30d"], /--interval: 30d is too long\n {2}try: Give 1s to 1h/],
  ["a timeout of nothing", ["list", "--timeout", "0s"], /--timeout: 0s is too short\n {2}try: Give 1s to 1h/],
  ["a timeout of days", ["list", "--timeout", "30d"], /--timeout: 30d is too long\n {2}try: Give 1s to 1h/],
  ["a timeout over an hour", ["list", "--timeout", "1h1s"], /--timeout: 1h1s is too long/],
])("%s: exit 2, nothing on standard output", async (_, args, message) => {
  const { stdout, stderr, exitCode } = await sessctl(args, { url });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^sessctl: /);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
});

test("an empty SESSCTL_URL is as good as none, and --url goes before it", async () => {
  const { stderr } = await sessctl(["list"], { env: { SESSCTL_URL: "" } });
  expect(stderr).not.toContain("not a Redis URL");
  const given = await sessctl(["list", "--url", "redis://127.0.0.1:2"], { url: "nonsense" });
  expect(given.stderr).toContain("at redis://127.0.0.1:2 ");
});

test.each(["1s", "1h"])("a timeout of %s is one", async (timeout) => {
  expect((await sessctl(["list", "--timeout", timeout], { url })).stderr).toContain("ECONNREFUSED");
});

test("Ctrl-C while Redis lets it wait: exit 130 at once", async () => {
  // Takes connections and says nothing; that there is one tells that the command is under way.
  const silent = createServer();
  const connected = new Promise((resolve) => silent.once("connection", resolve));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  let pid = 0;
  const ended = sessctl(["list", "--timeout", "60s", "--url", `redis://127.0.0.1:${port}`], {
    onStart: (started) => (pid = started),
  });
  await connected;
  process.kill(pid, "SIGINT");
  expect(await ended).toEqual({ stdout: "", stderr: "", exitCode: 130 });
  silent.close();
});
