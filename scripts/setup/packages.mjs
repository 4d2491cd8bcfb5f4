// The packages of package-lock.json, in node_modules.
import { readFileSync } from "node:fs";
import path from "node:path";
import { run, say, SetupError, tail } from "./step.mjs";

const offline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/;

/** Installs exactly what package-lock.json says, unless it is there already. */
export function installPackages(root) {
  if (upToDate(root)) return;
  say("installing the packages (npm install)");
  // Inside `npm run`, the npm that runs us is known; it need not be the first on the PATH.
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  // Not `npm ci`: that refuses a lock file which does not list every optional package of every platform, and npm leaves
  // out those that the registry at hand did not offer. `--no-save` leaves the lock file as it is.
  const args = [
    "install",
    "--no-save",
    "--include=dev",
    "--ignore-scripts",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
  ];
  const { code, output } = run(npm[0], [...npm.slice(1), ...args], {
    cwd: root,
    shell: npm[0] === "npm" && process.platform === "win32",
  });
  if (code === 0 && upToDate(root)) return;
  if (code === null)
    throw new SetupError("npm was not found. It comes with Node: install Node from https://nodejs.org/");
  if (offline.test(output)) {
    throw new SetupError(
      `the packages could not be fetched: the npm registry cannot be reached.\n${tail(output)}\n` +
        "Connect this machine (or set a proxy: npm config set proxy URL) and run the command again.",
    );
  }
  throw new SetupError(`npm install failed.\n${tail(output)}\nRun \`npm install --no-save\` to see all of it.`);
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes down what it installed, as the last thing it
 * does, so an installation that was broken off does not count. Optional packages are for other platforms, or missing
 * on purpose.
 */
function upToDate(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const installed = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  if (!wanted) throw new SetupError("package-lock.json is missing or broken: check the files out again.");
  if (!installed) return false;
  return Object.entries(wanted).every(([folder, { version, integrity, optional }]) => {
    if (folder === "") return true;
    const there = installed[folder];
    return there ? there.version === version && there.integrity === integrity : optional === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
