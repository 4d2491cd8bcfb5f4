// Makes a fresh checkout ready to run, and skips what is still good: the packages, the build, a redis-server.
// `node scripts/setup.mjs [-- MODULE ARGUMENTS…]` goes on in the same process as if Node had been started with that
// module, so that its signals, its terminal and its exit code are its own.
import path from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`sessctl needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`);
  console.error("Install a newer Node from https://nodejs.org/ and run the command again.");
  process.exit(1);
}

// Only from here on may the code use what older versions of Node cannot read.
const { SetupError } = await import("./setup/step.mjs");
const { installPackages } = await import("./setup/packages.mjs");
const { buildIfStale } = await import("./setup/fresh-build.mjs");
const { installShells } = await import("./setup/shells.mjs");
const { installRedis } = await import("./setup/redis-server.mjs");
const { installBrowser } = await import("./setup/browser.mjs");
const { installFrameworks } = await import("./setup/frameworks.mjs");
try {
  installPackages(root);
  buildIfStale(root);
  installRedis();
  // The others need no shell.
  if (process.argv.some((arg) => arg.includes("vitest"))) {
    installShells();
    installBrowser();
  }
  installFrameworks();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`setup: ${error.message}`);
  process.exit(1);
}

const next = process.argv.indexOf("--");
const [module, ...rest] = next === -1 ? [] : process.argv.slice(next + 1);
if (module !== undefined) {
  const file = path.resolve(root, module);
  process.argv = [process.execPath, file, ...rest];
  await import(pathToFileURL(file).href);
}
