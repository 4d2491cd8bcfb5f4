import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policies, rules } from "../../src/audit/index.js";
import { commands } from "../../src/cli/commands/index.js";
import { formatNames } from "../../src/cli/formats/index.js";
import { createSessionStore } from "../../src/index.js";
import { layouts } from "../../src/layouts/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let folder: string;
let id: string;
let env: NodeJS.ProcessEnv;

/** Users that a shell must not take for anything else; the last two are not offered at all. */
const hostile = ["$(touch pwned)", "a b'c\"d", "; touch pwned", "`touch pwned`", "-rf", "e\u001B[2Jf\ng"];

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  ({
    session: { id },
  } = await sessions.create({ user: "alice@example.com" }));
  await sessions.create({ user: "bob" });
  for (const user of hostile) await sessions.create({ user });
  await sessions.close();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-completion-"));
  mkdirSync(path.join(folder, "sessctl"));
  const profiles = { prod: { url: "rediss://x", namespace: "shop" }, staging: { url: "rediss://y" } };
  writeFileSync(path.join(folder, "sessctl", "config.json"), JSON.stringify({ profiles }));
  // The program as it is called when it is installed.
  const installed = path.join(folder, "sessctl.sh");
  writeFileSync(installed, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(installed, 0o755);
  mkdirSync(path.join(folder, "bin"));
  writeFileSync(path.join(folder, "bin", "sessctl"), `#!/bin/sh\nexec "${installed}" "$@"\n`, { mode: 0o755 });
  env = {
    PATH: `${path.join(folder, "bin")}:${process.env["PATH"]}`,
    XDG_CONFIG_HOME: folder,
    HOME: folder,
    SESSCTL_URL: redis.url,
  };
});

afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function candidates(...words: string[]): Promise<string[]> {
  const { stdout, stderr, exitCode } = await sessctl(["completion", "bash", "--", ...words], { url: redis.url, env });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t")[0] ?? "");
}

describe("what a word can become", () => {
  test("a command", async () => {
    expect(await candidates("")).toEqual([...commands.map(({ name }) => name), "help"]);
    expect(await candidates("re")).toEqual(["revoke"]);
  });

  test("an option, the command's own and the global ones", async () => {
    expect(await candidates("list", "--u")).toEqual(expect.arrayContaining(["--user", "--url", "--utc"]));
    expect(await candidates("revoke", "--dr")).toEqual(["--dry-run"]);
    expect(await candidates("show", "--dry")).toEqual([]);
  });

  test("a value of an option, from its registry", async () => {
    expect(await candidates("list", "-o", "")).toEqual(formatNames);
    expect(await candidates("list", "--output=nd")).toEqual(["--output=ndjson"]);
    expect(await candidates("list", "--layout", "")).toEqual(expect.arrayContaining(layouts.map(({ name }) => name)));
    expect(await candidates("audit", "--rule", "")).toEqual(rules.map((rule) => rule.id));
    expect(await candidates("audit", "--fail-on", "h")).toEqual(["high"]);
    expect(await candidates("list", "--sort", "las")).toEqual(["lastSeenAt"]);
    expect(await candidates("list", "--profile", "")).toEqual(["prod", "staging"]);
    expect(await candidates("list", "--layout", "au")).toEqual(["auto"]);
    expect(await candidates("list", "--namespace", "")).toEqual(["sc", "shop"]);
    expect(await candidates("audit", "--policy", "")).toEqual(policies.map(({ name }) => name));
    expect(await candidates("audit", "--severity", "c")).toEqual(["critical"]);
    expect(await candidates("doctor", "--check", "ev")).toEqual(["eviction-policy"]);
    expect(await candidates("stats", "--by", "co")).toEqual(["country"]);
  });

  test("an item of a list, but for those that are in it", async () => {
    expect(await candidates("list", "--columns", "")).toEqual(expect.arrayContaining(["id", "user", "country"]));
    expect(await candidates("list", "--columns", "id,us")).toEqual(["id,user", "id,userAgent"]);
    expect(await candidates("list", "--columns=id,user,us")).toEqual(["--columns=id,user,userAgent"]);
    expect(await candidates("events", "--type", "created,crea")).toEqual([]);
    // What is no list has no items.
    expect(await candidates("list", "--sort", "user,us")).toEqual([]);
  });

  test("an argument", async () => {
    expect(await candidates("completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(await candidates("profile", "")).toEqual(["list", "add", "use", "show", "remove"]);
    expect(await candidates("profile", "use", "")).toEqual(["prod", "staging"]);
    expect(await candidates("help", "fil")).toEqual(["filters"]);
  });

  test("an id or a user of a session, from Redis", async () => {
    expect(await candidates("show", id.slice(0, 2))).toContain(id);
    expect(await candidates("revoke", id.slice(0, 9))).toEqual([id]);
    expect(await candidates("revoke", id, id.slice(0, 9))).toEqual([]);
    expect(await candidates("list", "--user", "a")).toEqual(expect.arrayContaining(["alice@example.com", "a b'c\"d"]));
    expect(await candidates("list", "--user=b")).toEqual(["--user=bob"]);
  });

  test("a user who is not among the most recent, by how the name begins; an operator", async () => {
    const store = createSessionStore({ redis: redis.url, namespace: "busy" });
    await store.create({ user: "zoe@example.com" });
    for (let n = 0; n < 150; n++) await store.create({ user: `user${n}` });
    await store.close();
    const busy = async (...words: string[]) =>
      await candidates(...words.slice(0, 1), "--namespace", "busy", ...words.slice(1));
    const users = await busy("list", "--user", "");
    expect(users).not.toContain("zoe@example.com");
    expect(users).toHaveLength(100);
    expect(await busy("list", "--user", "zo")).toEqual(["zoe@example.com"]);

    expect(await busy("trail", "--by", "")).toEqual([]);
    const revoke = ["revoke", "--namespace", "busy", "--user", "user7", "--yes"];
    await sessctl(revoke, { url: redis.url, env: { ...env, SUDO_USER: "olga" } });
    expect(await busy("trail", "--by", "ol")).toEqual([expect.stringMatching(/^olga@/)]);
  });

  test("no name that is an option or does not show as it is", async () => {
    const users = await candidates("list", "--user", "");
    expect(users).toEqual(expect.arrayContaining(["bob", "$(touch pwned)"]));
    expect(users).not.toContain("-rf");
    expect(users.join("")).not.toMatch(/[\u001B]|^e/);
  });

  test("nothing where nothing is known, or Redis does not answer in time, or is not there", async () => {
    expect(await candidates("list", "--where", "")).toEqual([]);
    expect(await candidates("show", "--url", "redis://127.0.0.1:1", "")).toEqual([]);
    expect(await candidates("show", "--url", "nonsense", "")).toEqual([]);
    process.kill(redis.pid, "SIGSTOP");
    try {
      // It would wait for a minute if it waited for Redis.
      expect(await candidates("show", "--timeout", "60s", "")).toEqual([]);
    } finally {
      process.kill(redis.pid, "SIGCONT");
    }
  });
});

test("a shell that there is no completion for: exit 2", async () => {
  const { stdout, stderr, exitCode } = await sessctl(["completion", "tcsh"]);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain("Shells: bash, zsh, fish.");
});

// In the shells themselves. `npm test` installs them where it can; where it cannot (no root, no network) these say so.

async function isThere(shell: string): Promise<boolean> {
  return await promisify(execFile)(shell, ["--version"]).then(
    () => true,
    () => false,
  );
}

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1)?.trimEnd() ?? "";
const isLonger = (text: string, begun: string) => text.startsWith(begun) && text.length > begun.length;

const [hasBash, hasZsh, hasFish] = await Promise.all(["bash", "zsh", "fish"].map(isThere));

describe.runIf(hasBash)("in bash", () => {
  /** What the line is once Tab was pressed behind it. */
  async function completed(line: string): Promise<string> {
    const shell = startOnTerminal(["bash", "--norc", "--noprofile", "-i"], {
      columns: 200,
      env: { ...env, PS1: "ready> " },
    });
    await shell.until("ready>");
    shell.type("bind 'set enable-bracketed-paste off'; cd $HOME; source <(sessctl completion bash); PS1='ok> '\r");
    await shell.until(/^ok>/m);
    shell.type(`${line}\t`);
    await shell.until((text) => isLonger(lastLine(text), `ok> ${line}`));
    const text = lastLine(shell.screen.text());
    await shell.stop();
    return text.replace("ok> ", "").trimEnd();
  }

  test("a command, an option, a value", async () => {
    expect(await completed("sessctl rev")).toBe("sessctl revoke");
    expect(await completed("sessctl list --rev")).toBe("sessctl list --reverse");
    expect(await completed("sessctl list --output=nd")).toBe("sessctl list --output=ndjson");
    expect(await completed("sessctl list --columns id,lay")).toBe("sessctl list --columns id,layout");
    expect(await completed("sessctl audit --severity cri")).toBe("sessctl audit --severity critical");
  });

  test("a user with an @, an id", async () => {
    expect(await completed("sessctl list --user ali")).toBe("sessctl list --user alice@example.com");
    expect(await completed("sessctl list --user alice@ex")).toBe("sessctl list --user alice@example.com");
    expect(await completed(`sessctl show ${id.slice(0, 8)}`)).toBe(`sessctl show ${id}`);
  });

  test("a user who is a command: quoted", async () => {
    expect(await completed("sessctl list --user \\;")).toBe("sessctl list --user \\;\\ touch\\ pwned");
    expect(await completed("sessctl list --user \\$")).toBe("sessctl list --user \\$\\(touch\\ pwned\\)");
    expect(existsSync(path.join(folder, "pwned"))).toBe(false);
  });
});

describe.runIf(hasFish)("in fish", () => {
  async function complete(line: string): Promise<string[]> {
    const script = "sessctl completion fish | source; complete -C $argv[1]";
    const { stdout } = await promisify(execFile)("fish", ["--no-config", "-c", script, line], {
      env: { ...process.env, ...env },
    });
    return stdout
      .trim()
      .split("\n")
      .map((found) => found.split("\t")[0] ?? "");
  }

  test("commands, options, values, users and ids", async () => {
    expect(await complete("sessctl rev")).toEqual(["revoke"]);
    expect(await complete("sessctl ")).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
    expect(await complete("sessctl list --rev")).toEqual(["--reverse"]);
    expect(await complete("sessctl list --columns id,lay")).toEqual(["id,layout"]);
    expect(await complete("sessctl audit --policy nist-aal3")).toEqual(["nist-aal3"]);
    expect(await complete("sessctl list --user ali")).toEqual(["alice@example.com"]);
    expect(await complete(`sessctl show ${id.slice(0, 8)}`)).toEqual([id]);
  });
});

describe.runIf(hasZsh)("in zsh", () => {
  async function completed(line: string): Promise<string> {
    const shell = startOnTerminal(["zsh", "-f", "-i"], { columns: 200, env: { ...env, PS1: "ready> " } });
    await shell.until("ready>");
    shell.type(
      "unsetopt zle_bracketed_paste; autoload -U compinit; compinit -u -D; cd ~; source <(sessctl completion zsh); PS1='ok> '\r",
    );
    await shell.until(/^ok>/m);
    shell.type(`${line}\t`);
    await shell.until((text) => isLonger(lastLine(text), `ok> ${line}`));
    const text = lastLine(shell.screen.text());
    await shell.stop();
    return text.replace("ok> ", "").trimEnd();
  }

  test("a command, an option, a user, an id", async () => {
    expect(await completed("sessctl rev")).toBe("sessctl revoke");
    expect(await completed("sessctl list --rev")).toBe("sessctl list --reverse");
    expect(await completed("sessctl list --columns id,lay")).toBe("sessctl list --columns id,layout");
    expect(await completed("sessctl list --user ali")).toBe("sessctl list --user alice@example.com");
    expect(await completed(`sessctl show ${id.slice(0, 8)}`)).toBe(`sessctl show ${id}`);
  });

  test("a user who is a command: quoted", async () => {
    expect(await completed("sessctl list --user \\;")).toBe("sessctl list --user \\;\\ touch\\ pwned");
    expect(await completed("sessctl list --user \\$")).toBe("sessctl list --user \\$\\(touch\\ pwned\\)");
    expect(existsSync(path.join(folder, "pwned"))).toBe(false);
  });
});
