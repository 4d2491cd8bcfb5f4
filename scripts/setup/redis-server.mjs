// A redis-server for the demo and the tests: the one that is there, or one from the system's packages.
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { run, say, SetupError, tail } from "./step.mjs";

const servers = ["redis-server", "valkey-server"];

/** PEXPIRETIME, which the native layout uses, came with 7.0. */
const oldestMajor = 7;

// The packages start a system service of their own accord. Nothing here wants one: policy-rc.d keeps it from starting
// now, `systemctl disable` from starting at the next boot.
const aptScript = `
set -e
if [ ! -e /usr/sbin/policy-rc.d ]; then
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends redis-server
if [ -d /run/systemd/system ]; then systemctl disable --quiet redis-server || true; fi
`;

/** Ways to install, by the program they need; `root` says whether they need to be root. */
const installers = [
  { program: "apt-get", root: true, script: aptScript, byHand: "apt-get install redis-server" },
  { program: "apk", root: true, script: "apk add --quiet redis || apk add --quiet valkey", byHand: "apk add redis" },
  {
    program: "dnf",
    root: true,
    script: "dnf install -y -q redis || dnf install -y -q valkey",
    byHand: "dnf install redis",
  },
  { program: "brew", root: false, script: "brew install --quiet redis", byHand: "brew install redis" },
];

/** Installs a redis-server unless there is one on the PATH; one that is too old is an error. */
export function installRedis() {
  if (usableServer()) return;
  const installer = installers.find(({ program }) => onPath(program));
  if (!installer) {
    throw new SetupError(
      "there is no redis-server on this machine, and no package manager that this script knows.\n" +
        "Install Redis 7.0 or newer (https://redis.io/docs/latest/operate/oss_and_stack/install/) and run the command again.",
    );
  }
  const shell = asRoot(installer);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", HOMEBREW_NO_AUTO_UPDATE: "1" };
  say(`installing a redis-server (${installer.byHand})`);
  const { code, output } = run(shell[0], [...shell.slice(1), installer.script], { env });
  if (code !== 0 || !usableServer()) {
    const prefix = installer.root ? "sudo " : "";
    throw new SetupError(
      `no redis-server could be installed.\n${tail(output)}\nInstall it by hand and run the command again: ${prefix}${installer.byHand}`,
    );
  }
}

function usableServer() {
  const found = servers.map((name) => onPath(name)).filter((file) => file !== undefined);
  if (found.length === 0) return undefined;
  const recent = found.find((file) => majorVersion(file) >= oldestMajor);
  if (recent) return recent;
  throw new SetupError(
    `${found[0]} is version ${majorVersion(found[0])}; sessctl needs Redis ${oldestMajor}.0 or newer, or Valkey.\n` +
      "Install one (https://redis.io/docs/latest/operate/oss_and_stack/install/) and put it first on the PATH.",
  );
}

function majorVersion(file) {
  const { output } = run(file, ["--version"]);
  return Number(/\bv=(\d+)\./.exec(output)?.[1] ?? 0);
}

function asRoot({ root, byHand }) {
  if (!root || process.getuid?.() === 0) return ["sh", "-c"];
  if (onPath("sudo") && run("sudo", ["-n", "true"]).code === 0) {
    return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c"];
  }
  throw new SetupError(
    `there is no redis-server on this machine, and installing one needs root.\nRun: sudo ${byHand}\nThen run the command again.`,
  );
}

function onPath(name) {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(folder, name);
    if (folder !== "" && executable(file)) return file;
  }
  return undefined;
}

function executable(file) {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
