// Chromium from Debian's packages, for the tests of the html report. Only where CI is set, like the frameworks: elsewhere
// the tests that need a browser run if one is there, and are skipped by name if not.
import { run, say, tail } from "./step.mjs";

/** Installs Chromium, if this is a machine for CI that has apt-get and lets us. */
export function installBrowser() {
  if (!process.env.CI || process.getuid?.() !== 0 || run("apt-get", ["--version"]).code !== 0) return;
  if (run("chromium", ["--version"]).code === 0) return;
  say("installing a browser for the tests (apt-get install chromium)");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = "apt-get install -y -qq --no-install-recommends chromium";
  const { code, output } = run("sh", ["-c", `${install} || { apt-get update -qq && ${install}; }`], { env });
  if (code !== 0) say(`it could not be installed; tests that need it are skipped.\n${tail(output)}`);
}
